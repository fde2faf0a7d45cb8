package dev.darkroom.media.child.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/// Chooses the frames of a loop: moments from the whole of a long video, or the movement of a short
/// one.
final class LoopMaker {

    private static final int FRAMES = 12;
    private static final int FEW = 6;
    private static final double LONG = 10;
    private static final int MOMENT_MILLIS = 500;
    private static final double MOVEMENT = 4;
    private static final int MOST_PACKETS = 4_000;

    private final AVFormatContext format;
    private final AVStream track;
    private final long maxPixels;
    private final int maxEdge;
    private final int turnedRight;

    LoopMaker(
            AVFormatContext format, AVStream track, long maxPixels, int maxEdge, int turnedRight) {
        this.format = format;
        this.track = track;
        this.maxPixels = maxPixels;
        this.maxEdge = maxEdge;
        this.turnedRight = turnedRight;
    }

    Optional<Animation> make(@Nullable Double duration) throws AvFailed {
        List<Still> frames = new ArrayList<>();
        int millis = MOMENT_MILLIS;
        try (Scaler scaler = new Scaler(maxEdge, AvFile.pixelAspectOf(track))) {
            if (duration != null && duration > LONG) {
                moments(scaler, duration, frames);
            }
            if (frames.size() < FEW) {
                frames.clear();
                double length = duration == null ? MOVEMENT : Math.min(duration, MOVEMENT);
                millis = (int) Math.max(80, length * 1_000 / FRAMES);
                movement(scaler, millis / 1_000.0, frames);
            }
        }
        return frames.size() < 2
                ? Optional.empty()
                : Optional.of(WebpLoop.encode(frames, millis, turnedRight));
    }

    /// The keyframe before each of the moments.
    private void moments(Scaler scaler, double duration, List<Still> frames) throws AvFailed {
        try (Decoder decoder = new Decoder(format, track, maxPixels, true)) {
            for (int i = 0; i < FRAMES; i++) {
                decoder.seek(duration * (i + 0.5) / FRAMES);
                decoder.decode(
                        MOST_PACKETS,
                        (frame, seconds) -> {
                            if (frames.isEmpty() || frames.getLast().at() < seconds) {
                                frames.add(scaler.still(frame, seconds));
                            }
                            return false;
                        });
            }
        }
    }

    /// Frames at equal distances from the beginning on.
    private void movement(Scaler scaler, double distance, List<Still> frames) throws AvFailed {
        try (Decoder decoder = new Decoder(format, track, maxPixels, false)) {
            decoder.seek(0);
            decoder.decode(
                    MOST_PACKETS,
                    (frame, seconds) -> {
                        if (frames.isEmpty()
                                || seconds
                                        >= frames.getFirst().at()
                                                + frames.size() * distance
                                                - 1e-3) {
                            frames.add(scaler.still(frame, seconds));
                        }
                        return frames.size() < FRAMES;
                    });
        }
    }
}
