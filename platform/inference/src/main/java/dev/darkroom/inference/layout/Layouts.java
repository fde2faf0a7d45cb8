package dev.darkroom.inference.layout;

import dev.darkroom.inference.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what a folder holds.
///
/// A `model.json` of ours wins over everything; then come the layouts in which models are
/// published. Which one it was, and every value that was read, is logged, and stays visible in the
/// model's information.
public final class Layouts {
    private static final Logger log = LoggerFactory.getLogger(Layouts.class);

    private Layouts() {}

    /// Reads the settings in a folder, not yet its graphs.
    ///
    /// @throws dev.darkroom.inference.ModelRefused when nothing fits, naming what was looked for
    public static Plan read(Role role, ModelFolder folder) {
        Plan plan =
                switch (role) {
                    case CLIP -> ImageTextLayout.read(folder);
                    case SPECIES -> SpeciesLayout.read(folder);
                    case FACES -> FacesLayout.read(folder);
                    case DEPTH -> DepthLayout.read(folder);
                };
        log.atInfo()
                .addKeyValue("role", role.key())
                .addKeyValue("folder", folder.root())
                .addKeyValue("rule", plan.rule())
                .addKeyValue("resolved", plan.resolved())
                .log("Model understood");
        return plan;
    }
}
