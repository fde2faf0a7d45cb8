package dev.darkroom.media.child.ffmpeg;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A recording to be made for a test: moving stripes, and a tone.
///
/// @param muxer FFmpeg's name of the container
/// @param videoEncoder null for sound alone
/// @param audioEncoder null for silence
/// @param keyframeEvery frames from one keyframe to the next
/// @param blackSeconds how long it is black at first
/// @param turnedRight what players turn it by
public record Recording(
        String muxer,
        @Nullable String videoEncoder,
        @Nullable String audioEncoder,
        int width,
        int height,
        double seconds,
        int framesPerSecond,
        int keyframeEvery,
        double blackSeconds,
        int turnedRight,
        Map<String, String> tags) {

    /// A quarter of a VGA picture, four frames a second, with a keyframe each second.
    public static Recording video(String muxer, String encoder, double seconds) {
        return new Recording(muxer, encoder, null, 320, 240, seconds, 8, 8, 0, 0, Map.of());
    }

    public static Recording sound(String muxer, String encoder, double seconds) {
        return new Recording(muxer, null, encoder, 0, 0, seconds, 0, 0, 0, 0, Map.of());
    }

    public Recording withSound(String encoder) {
        return new Recording(
                muxer,
                videoEncoder,
                encoder,
                width,
                height,
                seconds,
                framesPerSecond,
                keyframeEvery,
                blackSeconds,
                turnedRight,
                tags);
    }

    public Recording black(double value) {
        return new Recording(
                muxer,
                videoEncoder,
                audioEncoder,
                width,
                height,
                seconds,
                framesPerSecond,
                keyframeEvery,
                value,
                turnedRight,
                tags);
    }

    public Recording turnedRight(int value) {
        return new Recording(
                muxer,
                videoEncoder,
                audioEncoder,
                width,
                height,
                seconds,
                framesPerSecond,
                keyframeEvery,
                blackSeconds,
                value,
                tags);
    }

    public Recording keyframeEvery(int value) {
        return new Recording(
                muxer,
                videoEncoder,
                audioEncoder,
                width,
                height,
                seconds,
                framesPerSecond,
                value,
                blackSeconds,
                turnedRight,
                tags);
    }

    public Recording tag(String key, String value) {
        Map<String, String> more = new TreeMap<>(tags);
        more.put(key, value);
        return new Recording(
                muxer,
                videoEncoder,
                audioEncoder,
                width,
                height,
                seconds,
                framesPerSecond,
                keyframeEvery,
                blackSeconds,
                turnedRight,
                more);
    }
}
