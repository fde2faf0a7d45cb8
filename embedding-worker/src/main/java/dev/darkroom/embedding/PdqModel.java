package dev.darkroom.embedding;

import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.Model;
import java.util.Set;

/// The perceptual hash, as one of the things that this worker can do.
final class PdqModel implements Model {
    @Override
    public String modelId() {
        return "pdq@1";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.NEAR_DUPLICATES);
    }

    @Override
    public String description() {
        return "copies of one picture, resized or saved again";
    }
}
