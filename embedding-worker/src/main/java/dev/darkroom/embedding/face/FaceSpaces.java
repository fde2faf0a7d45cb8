package dev.darkroom.embedding.face;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.embedding.space.Space;
import dev.darkroom.embedding.space.SpaceSpec;
import dev.darkroom.embedding.space.Spaces;
import dev.darkroom.inference.ModelInfo;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The space that the configured model's vectors of faces lie in, role `face`.
///
/// Faces of a picture are replaced as a whole, so a model that comes back fills its space anew: at
/// its first use in this process a retired space is opened again. When it is retired later, another
/// model has taken over, and this one must stop.
class FaceSpaces {
    static final String ROLE = "face";

    private final Spaces spaces;
    private @Nullable Current current;

    FaceSpaces(Spaces spaces) {
        this.spaces = spaces;
    }

    /// The model in use.
    ///
    /// @param space empty when it tells no faces apart
    record Current(String modelId, Optional<UUID> space) {}

    /// @throws DependencyDown when the space was retired meanwhile
    synchronized Current current(ModelInfo info) {
        Current now = current;
        if (now == null || !now.modelId().equals(info.id())) {
            now = new Current(info.id(), open(info));
            current = now;
        }
        return now;
    }

    /// What is not to be written: the faces of a model that another has taken over from.
    static DependencyDown replaced(String modelId) {
        return new DependencyDown(
                "another model of faces has taken over from " + modelId,
                new IllegalStateException(
                        "start this embedding-worker with that one, or anew to go back"));
    }

    private Optional<UUID> open(ModelInfo info) {
        if (info.dimension() == 0) {
            return Optional.empty();
        }
        SpaceSpec spec = new SpaceSpec(ROLE, info.id(), info.dimension(), "cosine");
        spaces.open(spec);
        Space space =
                spaces.all().stream()
                        .filter(one -> one.spec().equals(spec))
                        .findFirst()
                        .orElseThrow();
        spaces.reopen(space);
        return Optional.of(space.id());
    }
}
