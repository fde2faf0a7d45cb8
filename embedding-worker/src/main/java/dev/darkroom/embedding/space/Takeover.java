package dev.darkroom.embedding.space;

import dev.darkroom.embedding.space.Space.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a new space take over once it holds enough of the library.
class Takeover {
    private static final Logger log = LoggerFactory.getLogger(Takeover.class);

    private final Spaces spaces;
    private final double share;

    /// @param share of the photos, 0 to 1
    Takeover(Spaces spaces, double share) {
        this.spaces = spaces;
        this.share = share;
    }

    /// Looks at each space that is being filled.
    void look() {
        for (Space building : spaces.all()) {
            if (building.state() == State.BUILDING) {
                Space space = spaces.counted(building);
                if (space.coverage() >= share) {
                    spaces.activate(space);
                    log.atInfo()
                            .addKeyValue("model", space.spec().modelId())
                            .addKeyValue("role", space.spec().role())
                            .addKeyValue("vectors", space.vectors())
                            .addKeyValue("photos", space.photos())
                            .log("A new embedding space has taken over");
                }
            }
        }
    }
}
