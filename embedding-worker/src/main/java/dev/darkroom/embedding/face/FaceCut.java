package dev.darkroom.embedding.face;

import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.picture.Filter;
import dev.darkroom.inference.picture.Resampler;
import dev.darkroom.media.RgbPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/// A square of a picture with a face in it and some of what is around. Pixels in, a JPEG out:
/// nothing is decoded here.
record FaceCut(RgbImage square) {
    /// How much more than the face is shown.
    private static final double MARGIN = 1.5;

    /// @param size the most pixels it has
    static FaceCut of(RgbPicture picture, Box box, int size) {
        int side = side(box, picture.width(), picture.height());
        double middleX = (box.left().doubleValue() + box.right()) / 2 * picture.width();
        double middleY = (box.top().doubleValue() + box.bottom()) / 2 * picture.height();
        int left = within(middleX, side, picture.width());
        int top = within(middleY, side, picture.height());
        byte[] pixels = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            int from = 3 * ((top + y) * picture.width() + left);
            System.arraycopy(picture.rgb(), from, pixels, 3 * y * side, 3 * side);
        }
        RgbImage cut = new RgbImage(side, side, pixels);
        return new FaceCut(side <= size ? cut : Resampler.resize(cut, size, size, Filter.BICUBIC));
    }

    /// The pixels of the square's edge in a picture of that size.
    static int side(Box box, int width, int height) {
        double larger =
                Math.max(box.width().doubleValue() * width, box.height().doubleValue() * height);
        return Math.clamp(Math.round(larger * MARGIN), 1, Math.min(width, height));
    }

    /// Where the square begins so that all of it is in the picture.
    private static int within(double middle, int side, int length) {
        return Math.clamp(Math.round(middle - side / 2.0), 0, length - side);
    }

    byte[] jpeg() throws IOException {
        BufferedImage image =
                new BufferedImage(square.width(), square.height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[square.width()];
        byte[] pixels = square.pixels();
        for (int y = 0; y < square.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                int at = 3 * (y * row.length + x);
                row[x] =
                        (pixels[at] & 0xff) << 16
                                | (pixels[at + 1] & 0xff) << 8
                                | (pixels[at + 2] & 0xff);
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "jpeg", bytes)) {
            throw new IOException(
                    "this Java writes no JPEG: " + Arrays.toString(ImageIO.getWriterFormatNames()));
        }
        return bytes.toByteArray();
    }
}
