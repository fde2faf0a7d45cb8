package dev.darkroom.media.child.ffmpeg;

import dev.darkroom.media.TestLibraries;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/// Makes the recordings that tests read, with the same libraries.
public final class Recorder implements AutoCloseable {
    private static final int RATE = 48_000;

    private final Recording wanted;
    private final AVFormatContext format = new AVFormatContext(null);
    private final AVIOContext file = new AVIOContext(null);

    private Recorder(Recording wanted) {
        this.wanted = wanted;
    }

    public static Path make(Recording wanted, Path file) {
        TestLibraries.provide();
        try {
            Ffmpeg.load();
            try (Recorder recorder = new Recorder(wanted)) {
                recorder.write(file);
            }
            return file;
        } catch (AvFailed | Ffmpeg.NotHere e) {
            throw new IllegalStateException(wanted + " cannot be made", e);
        }
    }

    private void write(Path path) throws AvFailed {
        AvFailed.check(
                avformat.avformat_alloc_output_context2(format, null, wanted.muxer(), null),
                "no muxer " + wanted.muxer());
        wanted.tags().forEach((key, value) -> avutil.av_dict_set(metadata(), key, value, 0));
        String pictureEncoder = wanted.videoEncoder();
        String soundEncoder = wanted.audioEncoder();
        AVCodecContext video = pictureEncoder == null ? null : videoEncoder(pictureEncoder);
        AVStream pictures = video == null ? null : stream(video);
        AVCodecContext audio = soundEncoder == null ? null : audioEncoder(soundEncoder);
        AVStream sound = audio == null ? null : stream(audio);
        if (pictures != null && wanted.turnedRight() != 0) {
            turn(pictures);
        }
        AvFailed.check(
                avformat.avio_open(file, "file:" + path, avformat.AVIO_FLAG_WRITE), "not writable");
        format.pb(file);
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "movflags", "use_metadata_tags", 0);
        AvFailed.check(avformat.avformat_write_header(format, options), "no header");
        if (video != null && pictures != null) {
            pictures(video, pictures);
        }
        if (audio != null && sound != null) {
            tone(audio, sound);
        }
        AvFailed.check(avformat.av_write_trailer(format), "no trailer");
    }

    private AVDictionary metadata() {
        AVDictionary metadata = format.metadata();
        if (metadata == null) {
            metadata = new AVDictionary(null);
            avutil.av_dict_set(metadata, "encoder", "Darkroom's tests", 0);
            format.metadata(metadata);
        }
        return format.metadata();
    }

    private AVCodecContext videoEncoder(String name) throws AvFailed {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(name);
        AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
        context.width(wanted.width());
        context.height(wanted.height());
        context.pix_fmt(
                name.equals("mjpeg") ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P);
        context.time_base().num(1);
        context.time_base().den(wanted.framesPerSecond());
        context.framerate().num(wanted.framesPerSecond());
        context.framerate().den(1);
        context.gop_size(wanted.keyframeEvery());
        context.bit_rate(400_000);
        return opened(context, encoder);
    }

    private AVCodecContext audioEncoder(String name) throws AvFailed {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(name);
        AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
        context.sample_rate(RATE);
        context.sample_fmt(
                switch (name) {
                    case "libopus", "flac", "pcm_s16le", "pcm_s16be" -> avutil.AV_SAMPLE_FMT_S16;
                    case "alac" -> avutil.AV_SAMPLE_FMT_S16P;
                    default -> avutil.AV_SAMPLE_FMT_FLTP;
                });
        avutil.av_channel_layout_default(context.ch_layout(), 2);
        context.bit_rate(128_000);
        context.time_base().num(1);
        context.time_base().den(RATE);
        context.strict_std_compliance(avcodec.FF_COMPLIANCE_EXPERIMENTAL);
        return opened(context, encoder);
    }

    private AVCodecContext opened(AVCodecContext context, AVCodec encoder) throws AvFailed {
        if ((format.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "threads", "1", 0);
        avutil.av_dict_set(options, "cpu-used", "8", 0);
        AvFailed.check(
                avcodec.avcodec_open2(context, encoder, options),
                "no encoder " + encoder.name().getString());
        return context;
    }

    private AVStream stream(AVCodecContext encoder) throws AvFailed {
        AVStream stream = avformat.avformat_new_stream(format, null);
        stream.time_base(encoder.time_base());
        stream.avg_frame_rate(encoder.framerate());
        AvFailed.check(
                avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder), "no track");
        return stream;
    }

    private void turn(AVStream stream) {
        PointerPointer<Pointer> list = new PointerPointer<>(new Pointer[] {null});
        IntPointer count = new IntPointer(new int[] {0});
        AVPacketSideData matrix =
                avcodec.av_packet_side_data_new(
                        list, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, 9 * Integer.BYTES, 0);
        avutil.av_display_rotation_set(new IntPointer(matrix.data()), wanted.turnedRight());
        stream.codecpar().coded_side_data(new AVPacketSideData(list.get(0)));
        stream.codecpar().nb_coded_side_data(count.get());
    }

    private void pictures(AVCodecContext encoder, AVStream stream) throws AvFailed {
        int count = (int) Math.round(wanted.seconds() * wanted.framesPerSecond());
        for (int i = 0; i < count; i++) {
            AVFrame frame = avutil.av_frame_alloc();
            frame.format(encoder.pix_fmt());
            frame.width(wanted.width());
            frame.height(wanted.height());
            frame.pts(i);
            AvFailed.check(avutil.av_frame_get_buffer(frame, 0), "no frame");
            boolean black = i < wanted.blackSeconds() * wanted.framesPerSecond();
            for (int plane = 0; plane < 3; plane++) {
                paint(frame, plane, i, black);
            }
            send(encoder, stream, frame);
            avutil.av_frame_free(frame);
        }
        send(encoder, stream, null);
    }

    /// The left half is dark, the right half bright, and a bar moves across.
    private void paint(AVFrame frame, int plane, int number, boolean black) {
        int shrink = plane == 0 ? 1 : 2;
        int width = wanted.width() / shrink;
        byte[] row = new byte[width];
        for (int x = 0; x < width; x++) {
            int bright = x < width / 2 ? 60 : 200;
            boolean bar = Math.floorMod(x * shrink - number * 12, wanted.width()) < 24;
            row[x] = (byte) (plane > 0 ? 128 : black ? 16 : bar ? 120 : bright);
        }
        for (int y = 0; y < wanted.height() / shrink; y++) {
            frame.data(plane).position((long) y * frame.linesize(plane)).put(row);
        }
    }

    /// 440 Hz that grow louder.
    private void tone(AVCodecContext encoder, AVStream stream) throws AvFailed {
        int size = encoder.frame_size() > 0 ? encoder.frame_size() : 1_024;
        long all = (long) (wanted.seconds() * RATE);
        for (long at = 0; at < all; at += size) {
            AVFrame frame = avutil.av_frame_alloc();
            frame.format(encoder.sample_fmt());
            frame.sample_rate(RATE);
            frame.nb_samples((int) Math.min(size, all - at));
            avutil.av_channel_layout_default(frame.ch_layout(), 2);
            frame.pts(at);
            AvFailed.check(avutil.av_frame_get_buffer(frame, 0), "no frame");
            boolean planar = avutil.av_sample_fmt_is_planar(encoder.sample_fmt()) == 1;
            byte[] samples = samples(encoder.sample_fmt(), at, frame.nb_samples(), all, planar);
            frame.data(0).put(samples);
            if (planar) {
                frame.data(1).put(samples);
            }
            send(encoder, stream, frame);
            avutil.av_frame_free(frame);
        }
        send(encoder, stream, null);
    }

    private static byte[] samples(int format, long at, int count, long all, boolean planar) {
        boolean wide = format == avutil.AV_SAMPLE_FMT_FLTP;
        ByteBuffer bytes =
                ByteBuffer.allocate(count * (wide ? Float.BYTES : Short.BYTES) * (planar ? 1 : 2))
                        .order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            double loud = 0.1 + 0.8 * (at + i) / all;
            double value = loud * Math.sin(2 * Math.PI * 440 * (at + i) / RATE);
            for (int channel = planar ? 1 : 0; channel < 2; channel++) {
                if (wide) {
                    bytes.putFloat((float) value);
                } else {
                    bytes.putShort((short) (value * 32_767));
                }
            }
        }
        return bytes.array();
    }

    private void send(AVCodecContext encoder, AVStream stream, @Nullable AVFrame frame)
            throws AvFailed {
        AvFailed.check(avcodec.avcodec_send_frame(encoder, frame), "not encoded");
        AVPacket packet = avcodec.av_packet_alloc();
        while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
            packet.stream_index(stream.index());
            avcodec.av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            AvFailed.check(avformat.av_interleaved_write_frame(format, packet), "not written");
        }
        avcodec.av_packet_free(packet);
    }

    @Override
    public void close() {
        if (!file.isNull()) {
            avformat.avio_closep(file);
        }
        avformat.avformat_free_context(format);
    }
}
