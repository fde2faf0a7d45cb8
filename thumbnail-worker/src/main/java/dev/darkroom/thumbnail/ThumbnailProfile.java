package dev.darkroom.thumbnail;

import dev.darkroom.media.Fit;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderSize;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// One kind of thumbnail (R12).
///
/// @param pixels the edge of the square that a picture is fitted to
/// @param fit `inside`: all of it is to be seen; `cover`: the square is filled, the rest cut off
/// @param format `jpeg`, `webp` or `avif`
/// @param quality 1 to 100; the worker's own for JPEG and the format's usual one for the others
///   when nothing is said
/// @param onDemand made when somebody asks for it, not for every photo
public record ThumbnailProfile(
        int pixels,
        @DefaultValue("inside") Fit fit,
        @DefaultValue("jpeg") PictureFormat format,
        @Nullable Integer quality,
        @DefaultValue("false") boolean onDemand) {

    /// A JPEG with all of the picture.
    static ThumbnailProfile jpeg(int pixels, boolean onDemand) {
        return new ThumbnailProfile(pixels, Fit.INSIDE, PictureFormat.JPEG, null, onDemand);
    }

    RenderSize size(String name) {
        return new RenderSize(name, pixels, fit, format, quality);
    }
}
