package dev.darkroom.embedding;

import dev.darkroom.embedding.model.Model;
import dev.darkroom.embedding.space.SpaceSpec;
import dev.darkroom.media.RgbPicture;
import java.util.Optional;

/// A model that turns a picture into a vector. Each bean of this type fills a space of its own;
/// which of several spaces of one role is searched is the spaces' matter.
///
/// Called from several threads.
public interface Embedder extends Model {
    /// Where its vectors belong.
    SpaceSpec space();

    @Override
    default String modelId() {
        return space().modelId();
    }

    /// The vector of a picture of at most 512 pixels at the longer edge; brought to length 1 by the
    /// caller.
    ///
    /// @throws dev.darkroom.delivery.DependencyDown when the model is away: everything waits, and
    ///   no attempt is counted
    /// @throws dev.darkroom.delivery.GiveUp when it can make nothing of this picture, ever
    /// @throws Exception anything else: the asset is tried again later
    float[] embed(RgbPicture picture) throws Exception;

    /// The vector of words, in the space of the pictures, from a model that knows words.
    ///
    /// @throws dev.darkroom.delivery.DependencyDown when the model is away
    default Optional<float[]> words(String text) {
        return Optional.empty();
    }
}
