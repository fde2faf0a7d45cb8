package dev.darkroom.vision;

import java.util.List;

/// A vector that pictures of some colours are near to.
///
/// @param words those that were understood, in their order
/// @param vector in the space of [VisualV1], of length 1
@SuppressWarnings("ArrayRecordComponent") // read only; never compared
public record ColourQuery(List<String> words, float[] vector) {
    public ColourQuery {
        words = List.copyOf(words);
    }
}
