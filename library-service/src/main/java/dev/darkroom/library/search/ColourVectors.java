package dev.darkroom.library.search;

import dev.darkroom.vision.ColourQuery;
import dev.darkroom.vision.ColourWords;
import dev.darkroom.vision.VisualV1;
import java.util.Optional;

/// Words for colours, in the space that needs no model. No other word means anything there.
final class ColourVectors implements TextVectors {
    @Override
    public Optional<float[]> vector(String words, ActiveSpace space) {
        if (!space.modelId().equals(VisualV1.MODEL_ID)) {
            return Optional.empty();
        }
        return ColourWords.query(words).map(ColourQuery::vector);
    }
}
