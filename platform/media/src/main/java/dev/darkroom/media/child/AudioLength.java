package dev.darkroom.media.child;

import dev.darkroom.media.child.AudioFrames.Frame;
import org.jspecify.annotations.Nullable;

/// How long a piece of audio plays, from headers alone; no sound is decoded.
final class AudioLength {

    private static final int LOOK_BACK = 128 * 1024;

    private static final String ASF_FILE_PROPERTIES =
            "\u00a1\u00dc\u00ab\u008cG\u00a9\u00cf\u0011\u008e\u00e4\0\u00c0\f Se";

    private AudioLength() {}

    /// Seconds, or null where the format does not say or is not one we know.
    static @Nullable Double seconds(MediaFile file, String mimeType) {
        return switch (mimeType) {
            case "audio/flac" -> flac(file, id3Length(file));
            case "audio/wav" -> wav(file);
            case "audio/aiff" -> aiff(file);
            case "audio/ogg", "audio/opus" -> ogg(file);
            case "audio/x-ms-wma" -> asf(file);
            case "audio/mpeg" -> mpeg(file, id3Length(file));
            default -> null;
        };
    }

    private static long id3Length(MediaFile file) {
        if (!file.startsWith(0, "ID3")) {
            return 0;
        }
        return 10 + ((long) file.u8(6) << 21 | file.u8(7) << 14 | file.u8(8) << 7 | file.u8(9));
    }

    private static @Nullable Double flac(MediaFile file, long start) {
        long info = start + 8; // after "fLaC" and the block's header
        long rate = file.u32(info + 10) >> 12;
        long samples = (file.u8(info + 13) & 15L) << 32 | file.u32(info + 14);
        return ratio(samples, rate);
    }

    private static @Nullable Double wav(MediaFile file) {
        long bytesPerSecond = 0;
        for (long at = 12; file.has(at, 8); ) {
            long length = file.u32(at + 4, true);
            if (file.startsWith(at, "fmt ")) {
                bytesPerSecond = file.u32(at + 16, true);
            } else if (file.startsWith(at, "data")) {
                return ratio(Math.min(length, file.size() - at - 8), bytesPerSecond);
            }
            at += 8 + length + (length & 1);
        }
        return null;
    }

    private static @Nullable Double aiff(MediaFile file) {
        for (long at = 12; file.has(at, 8); ) {
            long length = file.u32(at + 4);
            if (file.startsWith(at, "COMM")) {
                // The rate is an 80-bit float: 15 bits of exponent, then the mantissa; 32 bits of
                // that suffice.
                int exponent = (file.u16(at + 16) & 0x7fff) - 16_383 - 31;
                return ratio(
                        (double) file.u32(at + 10),
                        Math.scalb((double) file.u32(at + 18), exponent));
            }
            at += 8 + length + (length & 1);
        }
        return null;
    }

    private static @Nullable Double ogg(MediaFile file) {
        String first = file.text(0, 256);
        int vorbis = first.indexOf("\u0001vorbis");
        int flac = first.indexOf("\u007fFLAC");
        long rate = 0;
        if (first.contains("OpusHead")) {
            rate = 48_000;
        } else if (vorbis > 0) {
            rate = file.u32(vorbis + 12, true);
        } else if (flac > 0) {
            rate = file.u32(flac + 27) >> 12;
        }
        long from = Math.max(0, file.size() - LOOK_BACK);
        String tail = file.text(from, LOOK_BACK);
        int page = tail.lastIndexOf("OggS");
        return page < 0 ? null : ratio(file.u64(from + page + 6, true), rate);
    }

    private static @Nullable Double asf(MediaFile file) {
        int properties = file.text(0, LOOK_BACK).indexOf(ASF_FILE_PROPERTIES);
        if (properties < 0) {
            return null;
        }
        double prerollSeconds = (double) file.u64(properties + 80, true) / 1_000;
        return ratio((double) file.u64(properties + 64, true) / 1e7 - prerollSeconds, 1);
    }

    /// From the count of frames that encoders of variable rate write into the first one; else from
    /// its bit rate.
    private static @Nullable Double mpeg(MediaFile file, long start) {
        Frame frame = null;
        long at = start;
        for (; frame == null && at < start + LOOK_BACK && file.has(at, 4); at++) {
            frame = AudioFrames.mpegAt(file, at);
            if (frame != null && AudioFrames.mpegAt(file, at + frame.length()) == null) {
                frame = null;
            }
        }
        if (frame == null) {
            return null;
        }
        long begin = at - 1;
        long xing = begin + 4 + (frame.version1() ? frame.mono() ? 17 : 32 : frame.mono() ? 9 : 17);
        if ((file.startsWith(xing, "Xing") || file.startsWith(xing, "Info"))
                && (file.u32(xing + 4) & 1) == 1) {
            return ratio(file.u32(xing + 8) * frame.samples(), frame.hertz());
        }
        if (file.startsWith(begin + 36, "VBRI")) {
            return ratio(file.u32(begin + 50) * frame.samples(), frame.hertz());
        }
        return ratio((file.size() - begin) * 8, frame.bitsPerSecond());
    }

    private static @Nullable Double ratio(long amount, long perSecond) {
        return ratio((double) amount, (double) perSecond);
    }

    private static @Nullable Double ratio(double amount, double perSecond) {
        return amount > 0 && perSecond > 0 ? amount / perSecond : null;
    }
}
