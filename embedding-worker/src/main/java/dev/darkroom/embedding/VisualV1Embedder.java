package dev.darkroom.embedding;

import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.space.SpaceSpec;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.vision.Picture;
import dev.darkroom.vision.VisualV1;
import java.util.Set;

/// The model that needs no file: always there, and knows nothing but what pictures look like.
final class VisualV1Embedder implements Embedder {
    private static final SpaceSpec SPACE =
            new SpaceSpec("visual", VisualV1.MODEL_ID, VisualV1.DIMENSION, "cosine");

    @Override
    public SpaceSpec space() {
        return SPACE;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.IMAGE_SIMILARITY, Capability.TEXT_COLOUR);
    }

    @Override
    public String description() {
        return "pictures that look alike, and pictures by their colours";
    }

    @Override
    public float[] embed(RgbPicture picture) {
        return VisualV1.vector(new Picture(picture.width(), picture.height(), picture.rgb()));
    }
}
