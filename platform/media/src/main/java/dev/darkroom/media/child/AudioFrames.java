package dev.darkroom.media.child;

import org.jspecify.annotations.Nullable;

/// MPEG audio and AAC frame headers, the only sign of an MP3 or AAC file without a tag.
final class AudioFrames {

    private static final int[][] KILOBITS = {
        {
            0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448
        }, // version 1, layer I
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384}, // version 1, layer II
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}, // version 1, layer III
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256}, // version 2, layer I
        {
            0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
        }, // version 2, layers II and III
    };
    private static final int[] HERTZ = {44_100, 48_000, 32_000};

    private AudioFrames() {}

    /// One MPEG audio frame.
    ///
    /// @param length in bytes, header included
    /// @param samples per channel
    /// @param hertz sample rate
    record Frame(
            int length,
            int samples,
            int hertz,
            int bitsPerSecond,
            boolean mono,
            boolean version1) {}

    /// The type of the audio that starts here: two frames in a row, because one alone may be
    /// chance.
    static @Nullable String typeAt(MediaFile file, long offset) {
        Frame frame = mpegAt(file, offset);
        if (frame != null
                && (mpegAt(file, offset + frame.length()) != null
                        || offset + frame.length() == file.size())) {
            return "audio/mpeg";
        }
        long next = offset + aacLength(file, offset);
        if (next > offset && aacLength(file, next) > 0) {
            return "audio/aac";
        }
        return null;
    }

    static @Nullable Frame mpegAt(MediaFile file, long offset) {
        long header = file.u32(offset);
        if (header < 0 || header >>> 21 != 0x7ff) {
            return null;
        }
        int version = (int) (header >>> 19 & 3); // 3: version 1, 2: version 2, 0: version 2.5
        int layer = 4 - (int) (header >>> 17 & 3);
        int rate = (int) (header >>> 12 & 15);
        int frequency = (int) (header >>> 10 & 3);
        if (version == 1 || layer == 4 || rate == 0 || rate == 15 || frequency == 3) {
            return null;
        }
        boolean version1 = version == 3;
        int row = version1 ? layer - 1 : layer == 1 ? 3 : 4;
        int bits = KILOBITS[row][rate] * 1_000;
        int hertz = HERTZ[frequency] >> (version1 ? 0 : version == 2 ? 1 : 2);
        int padding = (int) (header >>> 9 & 1);
        int samples = layer == 1 ? 384 : layer == 2 || version1 ? 1_152 : 576;
        int length =
                layer == 1
                        ? (12 * bits / hertz + padding) * 4
                        : samples / 8 * bits / hertz + padding;
        return new Frame(length, samples, hertz, bits, (header >>> 6 & 3) == 3, version1);
    }

    private static int aacLength(MediaFile file, long offset) {
        int sync = file.u16(offset);
        if (sync < 0 || (sync & 0xfff6) != 0xfff0 || !file.has(offset, 7)) {
            return 0;
        }
        int length =
                (file.u8(offset + 3) & 3) << 11
                        | file.u8(offset + 4) << 3
                        | file.u8(offset + 5) >> 5;
        return length < 7 ? 0 : length;
    }
}
