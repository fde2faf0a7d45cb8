package dev.darkroom.media;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which renditions of one picture are wanted; they are all made from one decode.
///
/// @param sizes at least one, names unique, in the order they shall come back
/// @param jpegQuality 1 to 100, for JPEGs whose size does not say
public record RenderRequest(List<RenderSize> sizes, int jpegQuality) {
    public RenderRequest {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("sizes must not be empty");
        }
        Set<String> names = new HashSet<>();
        for (RenderSize size : sizes) {
            if (!names.add(size.name())) {
                throw new IllegalArgumentException("size named twice: " + size.name());
            }
        }
        if (jpegQuality < 1 || jpegQuality > 100) {
            throw new IllegalArgumentException("jpegQuality must be 1 to 100: " + jpegQuality);
        }
    }

    /// Whether all sizes are what every engine can draw.
    public boolean isPlain() {
        return sizes.stream().allMatch(RenderSize::isPlain);
    }

    /// The quality that one of the sizes is written with.
    public int qualityOf(RenderSize size) {
        if (size.quality() != null) {
            return size.quality();
        }
        return size.format() == PictureFormat.JPEG ? jpegQuality : size.format().defaultQuality();
    }
}
