package dev.darkroom.media.child.ffmpeg;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/// Chooses the frame that stands for a video.
///
/// Only keyframes are decoded: one costs a fraction of all the frames up to an exact moment, and a
/// poster needs none.
final class Poster {

    private static final double WANTED_AT = 1;
    private static final double SHORT = 2;
    private static final double BLACK = 20;
    private static final int MOST_KEYFRAMES = 12;
    private static final int MOST_PACKETS = 20_000;

    private final AVFormatContext format;
    private final AVStream track;
    private final long maxPixels;
    private final int maxEdge;
    private @Nullable Still brightest;
    private int seen;

    Poster(AVFormatContext format, AVStream track, long maxPixels, int maxEdge) {
        this.format = format;
        this.track = track;
        this.maxPixels = maxPixels;
        this.maxEdge = maxEdge;
    }

    Still draw(@Nullable Double duration) throws AvFailed {
        double at = duration != null && duration < SHORT ? 0 : WANTED_AT;
        try (Scaler scaler = new Scaler(maxEdge, AvFile.pixelAspectOf(track))) {
            look(scaler, at, true);
            if (brightest == null) {
                // Tracks whose keyframes are not marked, or lie before a cut.
                look(scaler, 0, false);
            }
        }
        if (brightest == null) {
            throw new AvFailed("not one frame of the video can be decoded");
        }
        return brightest;
    }

    private void look(Scaler scaler, double from, boolean keyframesOnly) throws AvFailed {
        try (Decoder decoder = new Decoder(format, track, maxPixels, keyframesOnly)) {
            decoder.seek(from);
            decoder.decode(
                    MOST_PACKETS,
                    (frame, seconds) -> {
                        Still still = scaler.still(frame, seconds);
                        if (brightest == null || still.brightness() > brightest.brightness()) {
                            brightest = still;
                        }
                        return still.brightness() < BLACK && ++seen < MOST_KEYFRAMES;
                    });
        }
    }
}
