package dev.darkroom.media.child.ffmpeg;

import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/// Writes an animated WebP that repeats for ever. It holds pictures and nothing else.
final class WebpLoop {

    private static final String QUALITY = "65";
    private static final String EFFORT = "3";

    private WebpLoop() {}

    static Animation encode(List<Still> frames, int millis, int turnedRight) throws AvFailed {
        boolean sideways = turnedRight % 180 != 0;
        Still first = frames.getFirst();
        int width = sideways ? first.height() : first.width();
        int height = sideways ? first.width() : first.height();
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name("libwebp_anim");
        if (encoder == null || encoder.isNull()) {
            throw new AvFailed("this FFmpeg cannot write animated WebP");
        }
        AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "quality", QUALITY, 0);
        avutil.av_dict_set(options, "compression_level", EFFORT, 0);
        avutil.av_dict_set(options, "threads", "1", 0);
        try {
            context.width(width);
            context.height(height);
            context.pix_fmt(avutil.AV_PIX_FMT_BGRA);
            context.time_base().num(1);
            context.time_base().den(1_000);
            AvFailed.check(
                    avcodec.avcodec_open2(context, encoder, options), "no loop can be written");
            for (int i = 0; i < frames.size(); i++) {
                Still still = frames.get(i);
                if (still.width() == first.width() && still.height() == first.height()) {
                    send(context, still, (long) i * millis, turnedRight, width, height);
                }
            }
            AvFailed.check(avcodec.avcodec_send_frame(context, null), "no loop can be written");
            return new Animation(received(context), width, height, frames.size());
        } finally {
            avutil.av_dict_free(options);
            avcodec.avcodec_free_context(context);
        }
    }

    private static void send(
            AVCodecContext context, Still still, long at, int turnedRight, int width, int height)
            throws AvFailed {
        AVFrame frame = avutil.av_frame_alloc();
        try {
            frame.format(avutil.AV_PIX_FMT_BGRA);
            frame.width(width);
            frame.height(height);
            frame.pts(at);
            AvFailed.check(avutil.av_frame_get_buffer(frame, 0), "no memory for a frame");
            byte[] row = new byte[width * 4];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int pixel = turned(still, x, y, turnedRight);
                    row[4 * x] = (byte) pixel;
                    row[4 * x + 1] = (byte) (pixel >> 8);
                    row[4 * x + 2] = (byte) (pixel >> 16);
                    row[4 * x + 3] = (byte) 255;
                }
                frame.data(0).position((long) y * frame.linesize(0)).put(row);
            }
            AvFailed.check(avcodec.avcodec_send_frame(context, frame), "no loop can be written");
        } finally {
            avutil.av_frame_free(frame);
        }
    }

    /// The pixel that comes to lie here.
    private static int turned(Still still, int x, int y, int turnedRight) {
        int w = still.width();
        int h = still.height();
        return switch (turnedRight) {
            case 90 -> still.argb()[(h - 1 - x) * w + y];
            case 180 -> still.argb()[(h - 1 - y) * w + w - 1 - x];
            case 270 -> still.argb()[x * w + w - 1 - y];
            default -> still.argb()[y * w + x];
        };
    }

    private static byte[] received(AVCodecContext context) throws AvFailed {
        AVPacket packet = avcodec.av_packet_alloc();
        try {
            AvFailed.check(
                    avcodec.avcodec_receive_packet(context, packet), "no loop can be written");
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            return bytes;
        } finally {
            avcodec.av_packet_free(packet);
        }
    }
}
