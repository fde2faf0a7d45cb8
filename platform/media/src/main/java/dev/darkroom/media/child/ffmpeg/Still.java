package dev.darkroom.media.child.ffmpeg;

/// One picture of a video, as stored: not yet turned. One int per pixel as alpha, red, green, blue.
///
/// @param at seconds from the beginning
@SuppressWarnings("ArrayRecordComponent") // a buffer; never compared
public record Still(int width, int height, int[] argb, double at) {

    /// Mean brightness, 0 to 255.
    double brightness() {
        long sum = 0;
        for (int pixel : argb) {
            sum += 54 * (pixel >> 16 & 0xff) + 183 * (pixel >> 8 & 0xff) + 19 * (pixel & 0xff);
        }
        return sum / 256.0 / argb.length;
    }
}
