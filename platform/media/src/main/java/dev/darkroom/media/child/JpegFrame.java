package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import java.util.Optional;

/// The frame of a JPEG: how it is coded, and with how many bits.
///
/// @param marker the low byte of its SOF marker
/// @param bits of each sample
/// @param samples of all components, which may be smaller than the picture
/// @param data where the picture data begins, after all segments
record JpegFrame(
        int marker, int bits, int width, int height, int components, long samples, long data) {

    private static final int MAX_SEGMENTS = 4_096;

    /// The frame of the JPEG that begins at `start`; empty when none does.
    static Optional<JpegFrame> at(MediaFile file, long start) {
        if (file.u16(start) != 0xffd8) {
            return Optional.empty();
        }
        JpegFrame found = null;
        long at = start + 2;
        for (int i = 0; i < MAX_SEGMENTS && file.u8(at) == 0xff; i++) {
            int marker = file.u8(at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker < 0xc0 || marker == 0xd8 || marker == 0xd9) {
                return Optional.empty();
            }
            long next = at + 2 + Math.max(2, file.u16(at + 2));
            if (marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                int height = file.u16(at + 5);
                found =
                        new JpegFrame(
                                marker,
                                file.u8(at + 4),
                                file.u16(at + 7),
                                height,
                                file.u8(at + 9),
                                samples(file, at + 5),
                                next);
            } else if (marker == 0xda) {
                return found == null ? Optional.empty() : Optional.of(found.withData(next));
            }
            at = next;
        }
        return Optional.empty();
    }

    /// @param at where the height stands
    private static long samples(MediaFile file, long at) {
        int components = Math.min(4, file.u8(at + 4));
        int across = 1;
        int down = 1;
        for (int i = 0; i < components; i++) {
            across = Math.max(across, file.u8(at + 6 + 3L * i) >> 4);
            down = Math.max(down, file.u8(at + 6 + 3L * i) & 15);
        }
        long samples = 0;
        for (int i = 0; i < components; i++) {
            int factors = file.u8(at + 6 + 3L * i);
            samples +=
                    (long) Math.ceilDiv(file.u16(at + 2) * (factors >> 4), across)
                            * Math.ceilDiv(file.u16(at) * (factors & 15), down);
        }
        return samples;
    }

    /// Refuses what no decoder here knows, by its name and not as corrupt.
    static void requireDecodable(MediaFile file) throws UnreadableMedia {
        JpegFrame frame = at(file, 0).orElse(null);
        if (frame == null) {
            return; // a damaged one; a decoder may make more of it
        }
        if (frame.bits() != 8 && frame.bits() > 0) {
            throw new UnreadableMedia(
                    "JPEG with "
                            + frame.bits()
                            + " bits per sample cannot be drawn, only 8 bits can; save it as 8-bit"
                            + " JPEG, or as 16-bit PNG or TIFF");
        }
        if (frame.marker() == 0xc3) {
            throw new UnreadableMedia(
                    "lossless JPEG cannot be drawn; save it as PNG, TIFF or common JPEG");
        }
    }

    /// Whether every decoder here knows it.
    boolean isCommon() {
        return bits == 8
                && marker <= 0xc2
                && width > 0
                && height > 0
                && (components == 1 || components == 3 || components == 4);
    }

    long pixels() {
        return (long) width * height;
    }

    private JpegFrame withData(long at) {
        return new JpegFrame(marker, bits, width, height, components, samples, at);
    }
}
