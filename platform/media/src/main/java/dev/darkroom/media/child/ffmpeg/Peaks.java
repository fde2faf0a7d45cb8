package dev.darkroom.media.child.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.jspecify.annotations.Nullable;

/// How loud a recording is over its time.
///
/// Up to ten minutes are decoded whole; of longer ones a moment for each part, so that a day of
/// sound takes no longer than a symphony.
final class Peaks implements AutoCloseable {

    private static final double WHOLE_UP_TO = 600;
    private static final double MOMENT = 0.4;
    private static final int NO_END = Integer.MAX_VALUE;

    private final AVFormatContext format;
    private final AVStream track;
    private final float[] peaks;
    private final AVFrame mono = avutil.av_frame_alloc();
    private SwrContext resampler = resampler();

    Peaks(AVFormatContext format, AVStream track, int parts) {
        this.format = format;
        this.track = track;
        this.peaks = new float[parts];
    }

    float[] of(@Nullable Double duration) throws AvFailed {
        double length = duration == null ? WHOLE_UP_TO : duration;
        int frames;
        try (Decoder decoder = new Decoder(format, track, Integer.MAX_VALUE, false)) {
            frames = length <= WHOLE_UP_TO ? whole(decoder, length) : moments(decoder, length);
        }
        if (frames == 0) {
            throw new AvFailed("not one sample of the sound can be decoded");
        }
        return peaks;
    }

    private int whole(Decoder decoder, double length) throws AvFailed {
        return decoder.decode(
                NO_END,
                (frame, seconds) -> {
                    FloatBuffer samples = samples(frame);
                    int rate = Math.max(1, frame.sample_rate());
                    for (int i = 0; samples.hasRemaining(); i++) {
                        double at = (seconds + (double) i / rate) / length;
                        raise((int) (at * peaks.length), samples.get());
                    }
                    return seconds < 2 * length + 60;
                });
    }

    private int moments(Decoder decoder, double length) throws AvFailed {
        int frames = 0;
        for (int i = 0; i < peaks.length; i++) {
            int part = i;
            double from = length * i / peaks.length;
            decoder.seek(from);
            frames +=
                    decoder.decode(
                            NO_END,
                            (frame, seconds) -> {
                                FloatBuffer samples = samples(frame);
                                while (samples.hasRemaining()) {
                                    raise(part, samples.get());
                                }
                                return seconds < from + MOMENT;
                            });
        }
        return frames;
    }

    private void raise(int part, float sample) {
        float loud = Math.min(1, Math.abs(sample));
        if (part >= 0 && part < peaks.length && loud > peaks[part]) {
            peaks[part] = loud;
        }
    }

    /// Mixes so that no channel can make another one clip.
    private static SwrContext resampler() {
        SwrContext fresh = swresample.swr_alloc();
        avutil.av_opt_set_double(fresh, "rematrix_maxval", 1, 0);
        return fresh;
    }

    /// All channels as one. A frame that cannot be converted is silent.
    private FloatBuffer samples(AVFrame frame) {
        if (frame.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
            avutil.av_channel_layout_default(frame.ch_layout(), frame.ch_layout().nb_channels());
        }
        FloatBuffer samples = convert(frame);
        if (samples == null) { // rate or channels changed on the way
            swresample.swr_free(resampler);
            resampler = resampler();
            samples = convert(frame);
        }
        return samples == null ? FloatBuffer.allocate(0) : samples;
    }

    private @Nullable FloatBuffer convert(AVFrame frame) {
        avutil.av_frame_unref(mono);
        mono.format(avutil.AV_SAMPLE_FMT_FLT);
        mono.sample_rate(frame.sample_rate());
        avutil.av_channel_layout_default(mono.ch_layout(), 1);
        if (swresample.swr_convert_frame(resampler, mono, frame) < 0) {
            return null;
        }
        byte[] bytes = new byte[mono.nb_samples() * Float.BYTES];
        mono.data(0).get(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void close() {
        avutil.av_frame_free(mono);
        swresample.swr_free(resampler);
    }
}
