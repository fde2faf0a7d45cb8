package dev.darkroom.media.child.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/// Decodes one track of an open file, on one thread.
final class Decoder implements AutoCloseable {

    /// Packets that may be broken in a row before a track counts as broken.
    private static final int MOST_BROKEN = 64;

    private final AVFormatContext format;
    private final AVStream stream;
    private final AVCodecContext codec;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private double expected;
    private boolean ended;

    /// Takes a frame that is only valid during the call; false ends the decoding.
    @FunctionalInterface
    interface Frames {
        boolean take(AVFrame frame, double seconds) throws AvFailed;
    }

    Decoder(AVFormatContext format, AVStream stream, long maxPixels, boolean keyframesOnly)
            throws AvFailed {
        this.format = format;
        this.stream = stream;
        int id = stream.codecpar().codec_id();
        AVCodec decoder = avcodec.avcodec_find_decoder(id);
        if (decoder == null || decoder.isNull()) {
            free();
            throw new AvFailed(
                    "there is no decoder for " + avcodec.avcodec_get_name(id).getString());
        }
        codec = avcodec.avcodec_alloc_context3(decoder);
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "threads", "1", 0);
        avutil.av_dict_set(options, "codec_whitelist", Formats.DECODERS, 0);
        avutil.av_dict_set(options, "max_pixels", Long.toString(maxPixels), 0);
        if (keyframesOnly) {
            avutil.av_dict_set(options, "skip_frame", "nokey", 0);
        }
        try {
            AvFailed.check(
                    avcodec.avcodec_parameters_to_context(codec, stream.codecpar()),
                    "the track's header is corrupt");
            codec.pkt_timebase(stream.time_base());
            AvFailed.check(
                    avcodec.avcodec_open2(codec, decoder, options),
                    "the decoder for " + decoder.name().getString() + " does not start");
        } catch (AvFailed e) {
            close();
            throw e;
        } finally {
            avutil.av_dict_free(options);
        }
    }

    /// Goes to the last keyframe before a moment, or to the first one.
    void seek(double seconds) {
        long start = Math.max(0, origin());
        long at = start + (long) (seconds / unit());
        int index = stream.index();
        if (avformat.av_seek_frame(format, index, at, avformat.AVSEEK_FLAG_BACKWARD) < 0) {
            // Some containers have no index; then decoding goes on from where it is.
            int _ = avformat.av_seek_frame(format, index, start, avformat.AVSEEK_FLAG_BACKWARD);
        }
        avcodec.avcodec_flush_buffers(codec);
        ended = false;
        expected = seconds;
    }

    /// Decodes from here until the taker has enough, the file ends or so many packets were read.
    ///
    /// @return how many frames were taken
    int decode(int mostPackets, Frames taker) throws AvFailed {
        int taken = 0;
        int broken = 0;
        for (int read = 0; read < mostPackets && !ended; read++) {
            if (!nextPacket()) {
                ended = true;
            }
            int sent = avcodec.avcodec_send_packet(codec, ended ? null : packet);
            avcodec.av_packet_unref(packet);
            broken = sent < 0 && !ended ? broken + 1 : 0;
            if (broken > MOST_BROKEN) {
                AvFailed.check(sent, "the track is corrupt");
            }
            while (avcodec.avcodec_receive_frame(codec, frame) >= 0) {
                taken++;
                double seconds = seconds(frame);
                boolean more = taker.take(frame, seconds);
                avutil.av_frame_unref(frame);
                if (!more) {
                    return taken;
                }
            }
        }
        return taken;
    }

    /// The next packet of the track, or false at the end.
    private boolean nextPacket() {
        while (avformat.av_read_frame(format, packet) >= 0) {
            if (packet.stream_index() == stream.index()) {
                return true;
            }
            avcodec.av_packet_unref(packet);
        }
        return false;
    }

    /// Frames without a time follow the one before.
    private double seconds(AVFrame frame) {
        long timestamp = frame.best_effort_timestamp();
        double at =
                timestamp == avutil.AV_NOPTS_VALUE
                        ? expected
                        : (timestamp - Math.max(0, origin())) * unit();
        double length =
                frame.sample_rate() > 0
                        ? (double) frame.nb_samples() / frame.sample_rate()
                        : Math.max(0, frame.duration()) * unit();
        expected = at + length;
        return at;
    }

    private long origin() {
        return stream.start_time() == avutil.AV_NOPTS_VALUE ? 0 : stream.start_time();
    }

    private double unit() {
        int denominator = stream.time_base().den();
        return denominator == 0 ? 1 : (double) stream.time_base().num() / denominator;
    }

    private void free() {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
    }

    @Override
    public void close() {
        free();
        avcodec.avcodec_free_context(codec);
    }
}
