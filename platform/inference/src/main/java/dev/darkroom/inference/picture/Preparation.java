package dev.darkroom.inference.picture;

import dev.darkroom.inference.RgbImage;
import java.util.Locale;

/// How a picture of any size becomes the one size that a graph takes: resize, then cut out the
/// middle, then normalise.
///
/// @param fit what the resizing keeps
/// @param resizeWidth width after resizing; for [Fit#SHORTEST] the shorter side
/// @param resizeHeight height after resizing; for [Fit#SHORTEST] the same as the width
/// @param width of the middle that is cut out
/// @param height of the middle that is cut out
/// @param rounding where the middle is when pixels cannot be shared out evenly
public record Preparation(
        Fit fit,
        int resizeWidth,
        int resizeHeight,
        int width,
        int height,
        Filter filter,
        Rounding rounding,
        Normalisation normalisation) {

    /// What the resizing keeps.
    public enum Fit {
        /// The shape: the shorter side gets the size, what sticks out is cut off.
        SHORTEST,
        /// The content: everything is pressed into the size.
        SQUASH
    }

    /// Half a pixel left over: Hugging Face's libraries drop it, torchvision rounds to even.
    public enum Rounding {
        DOWN,
        HALF_EVEN
    }

    public Preparation {
        if (width < 1 || height < 1 || width > resizeWidth || height > resizeHeight) {
            throw new IllegalArgumentException(
                    "the middle must fit into the resized picture: %d x %d of %d x %d"
                            .formatted(width, height, resizeWidth, resizeHeight));
        }
        if (resizeWidth > 4096 || resizeHeight > 4096) {
            throw new IllegalArgumentException(
                    "a model's picture is at most 4096 pixels wide and high: %d x %d"
                            .formatted(resizeWidth, resizeHeight));
        }
    }

    /// The picture as the graph sees it, still in bytes.
    public RgbImage apply(RgbImage picture) {
        int toWidth = resizeWidth;
        int toHeight = resizeHeight;
        if (fit == Fit.SHORTEST) {
            int shorter = Math.min(picture.width(), picture.height());
            // The order of the operations is the one of torchvision and transformers.
            int longer =
                    (int)
                            ((double) resizeWidth
                                    * Math.max(picture.width(), picture.height())
                                    / shorter);
            toWidth = picture.width() <= picture.height() ? resizeWidth : longer;
            toHeight = picture.width() <= picture.height() ? longer : resizeWidth;
        }
        Window middle = new Window(start(toWidth - width), start(toHeight - height), width, height);
        return Resampler.resize(picture, toWidth, toHeight, filter, middle);
    }

    private int start(int leftOver) {
        return rounding == Rounding.DOWN ? leftOver / 2 : (int) Math.rint(leftOver / 2.0);
    }

    @Override
    public String toString() {
        return "%s to %d x %d (%s), middle %d x %d, %s"
                .formatted(
                        fit == Fit.SHORTEST ? "shorter side" : "squash",
                        resizeWidth,
                        resizeHeight,
                        filter.name().toLowerCase(Locale.ROOT),
                        width,
                        height,
                        normalisation);
    }
}
