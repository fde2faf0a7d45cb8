package dev.darkroom.media.child.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;

/// Brings decoded frames to a size and to sRGB.
///
/// The library picks matrix and range from what the frame says. Footage with a wide range of
/// brightness goes through [WideRange]; the rest is left as bright as players show it.
final class Scaler implements AutoCloseable {

    private final int maxEdge;
    private final double pixelAspect;
    private final SwsContext context = swscale.sws_alloc_context();

    Scaler(int maxEdge, double pixelAspect) {
        this.maxEdge = maxEdge;
        this.pixelAspect = pixelAspect;
        context.flags(swscale.SWS_AREA | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT);
        context.threads(1);
    }

    /// A frame of packed pixels, blue first; to be freed by the caller.
    private AVFrame scaled(AVFrame frame) throws AvFailed {
        double width = Math.max(1, frame.width() * Math.max(1, pixelAspect));
        double height = Math.max(1, frame.height() / Math.min(1, pixelAspect));
        double scale = Math.min(1, maxEdge / Math.max(width, height));
        AVFrame target = avutil.av_frame_alloc();
        target.format(avutil.AV_PIX_FMT_BGRA);
        target.width((int) Math.max(1, Math.round(width * scale)));
        target.height((int) Math.max(1, Math.round(height * scale)));
        target.colorspace(avutil.AVCOL_SPC_RGB);
        target.color_range(avutil.AVCOL_RANGE_JPEG);
        target.color_primaries(frame.color_primaries());
        target.color_trc(frame.color_trc());
        try {
            AvFailed.check(avutil.av_frame_get_buffer(target, 0), "no memory for a frame");
            AvFailed.check(
                    swscale.sws_scale_frame(context, target, frame), "the frame cannot be scaled");
            return target;
        } catch (AvFailed e) {
            avutil.av_frame_free(target);
            throw e;
        }
    }

    Still still(AVFrame frame, double at) throws AvFailed {
        AVFrame scaled = scaled(frame);
        try {
            int[] pixels = pixels(scaled);
            int transfer = frame.color_trc();
            if (transfer == avutil.AVCOL_TRC_SMPTE2084) {
                WideRange.PQ.toSrgb(pixels);
            } else if (transfer == avutil.AVCOL_TRC_ARIB_STD_B67) {
                WideRange.HLG.toSrgb(pixels);
            }
            return new Still(scaled.width(), scaled.height(), pixels, at);
        } finally {
            avutil.av_frame_free(scaled);
        }
    }

    private static int[] pixels(AVFrame frame) {
        int width = frame.width();
        int[] argb = new int[width * frame.height()];
        BytePointer plane = frame.data(0);
        long stride = frame.linesize(0);
        byte[] row = new byte[width * 4];
        for (int y = 0; y < frame.height(); y++) {
            plane.position(y * stride).get(row);
            for (int x = 0; x < width; x++) {
                argb[y * width + x] =
                        0xff000000
                                | (row[4 * x + 2] & 0xff) << 16
                                | (row[4 * x + 1] & 0xff) << 8
                                | (row[4 * x] & 0xff);
            }
        }
        return argb;
    }

    @Override
    public void close() {
        swscale.sws_free_context(context);
    }
}
