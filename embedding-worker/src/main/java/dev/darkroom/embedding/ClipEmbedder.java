package dev.darkroom.embedding;

import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.space.SpaceSpec;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.clip.ImageTextModel;
import dev.darkroom.media.RgbPicture;
import java.util.Optional;
import java.util.Set;

/// A CLIP of the user's: pictures by what is in them, and where it has a graph for words, by words.
final class ClipEmbedder implements Embedder {
    private final ImageTextModel model;
    private final UserModel asking;
    private final SpaceSpec space;
    private final boolean knowsWords;

    /// Loads the model if it must.
    ///
    /// @param asking tells a model that fails from a picture that is bad
    ClipEmbedder(ImageTextModel model, UserModel asking) {
        ModelInfo info = model.info();
        this.model = model;
        this.asking = asking;
        this.space = new SpaceSpec("visual", info.id(), info.dimension(), "cosine");
        this.knowsWords =
                info.capabilities().contains(dev.darkroom.inference.Capability.TEXT_VECTOR);
    }

    @Override
    public SpaceSpec space() {
        return space;
    }

    @Override
    public Set<Capability> capabilities() {
        return knowsWords
                ? Set.of(Capability.IMAGE_SIMILARITY, Capability.TEXT_SEMANTIC)
                : Set.of(Capability.IMAGE_SIMILARITY);
    }

    @Override
    public String description() {
        return knowsWords
                ? "pictures by what is in them, also in words"
                : "pictures by what is in them; the model has no graph for words";
    }

    /// @throws InferenceFailed for this picture alone; it is tried again
    @Override
    public float[] embed(RgbPicture picture) {
        RgbImage image = new RgbImage(picture.width(), picture.height(), picture.rgb());
        return asking.ask(() -> model.image(image));
    }

    @Override
    public Optional<float[]> words(String text) {
        return knowsWords ? Optional.of(asking.ask(() -> model.text(text))) : Optional.empty();
    }
}
