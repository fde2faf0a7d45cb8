package dev.darkroom.embedding.face;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What counts as a face.
///
/// @param minScore how sure the model must be, 0 to 1
/// @param edge the pixels of the picture's longer edge in which faces are looked for: more find
///   smaller ones, and take longer
@ConfigurationProperties(prefix = "darkroom.faces", ignoreUnknownFields = false)
public record FaceProperties(@DefaultValue("0.7") double minScore, @DefaultValue("1440") int edge) {
    public FaceProperties {
        if (!(minScore > 0 && minScore <= 1)) {
            throw new IllegalArgumentException(
                    "darkroom.faces.min-score must be above 0, at most 1: " + minScore);
        }
        if (edge < 160 || edge > 8_192) {
            throw new IllegalArgumentException(
                    "darkroom.faces.edge must be 160 to 8192 pixels: " + edge);
        }
    }
}
