package dev.darkroom.vision;

/// A picture in memory: upright, sRGB, opaque, three bytes for each pixel, row after row.
///
/// @param rgb not copied, not to be changed
@SuppressWarnings("ArrayRecordComponent") // a buffer; never compared
public record Picture(int width, int height, byte[] rgb) {
    public Picture {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "%d x %d pixels in %d bytes".formatted(width, height, rgb.length));
        }
    }

    /// Half as wide and high: each pixel the mean of four. An odd last row or column is left out.
    Picture halved() {
        int newWidth = width / 2;
        int newHeight = height / 2;
        byte[] half = new byte[3 * newWidth * newHeight];
        int to = 0;
        for (int y = 0; y < newHeight; y++) {
            int from = 6 * y * width;
            for (int x = 0; x < newWidth; x++, from += 6) {
                for (int c = 0; c < 3; c++) {
                    int below = from + c + 3 * width;
                    int sum =
                            (rgb[from + c] & 0xff)
                                    + (rgb[from + c + 3] & 0xff)
                                    + (rgb[below] & 0xff)
                                    + (rgb[below + 3] & 0xff);
                    half[to++] = (byte) ((sum + 2) / 4);
                }
            }
        }
        return new Picture(newWidth, newHeight, half);
    }
}
