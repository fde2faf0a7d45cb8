package dev.darkroom.media.child;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.jspecify.annotations.Nullable;

/// Brings whatever ImageIO decoded, in any depth and colour space, to 8-bit sRGB with alpha.
final class SrgbPixels {

    private SrgbPixels() {}

    /// Reduces by whole factors first, as converting fewer pixels is cheaper, and then converts.
    ///
    /// @param icc a profile that the decoder has ignored, or null
    /// @param maxEdge the result is at least half as large again, if the picture is
    static Pixels of(BufferedImage image, byte @Nullable [] icc, int maxEdge) {
        if (!(image.getColorModel() instanceof ComponentColorModel model)) {
            return read(image); // palettes and packed pixels are sRGB by definition
        }
        int factor = Math.max(1, Math.max(image.getWidth(), image.getHeight()) * 2 / (3 * maxEdge));
        ComponentColorModel tagged = tag(model, icc);
        BufferedImage small =
                new BufferedImage(
                        tagged,
                        reduce(image.getRaster(), factor, model.hasAlpha()),
                        model.isAlphaPremultiplied(),
                        null);
        return isPlainGray(tagged.getColorSpace()) ? gray(small) : converted(small);
    }

    private static ComponentColorModel tag(ComponentColorModel model, byte @Nullable [] icc) {
        if (icc == null) {
            return model;
        }
        try {
            ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(icc));
            if (space.getNumComponents() != model.getNumColorComponents()) {
                return model;
            }
            return new ComponentColorModel(
                    space,
                    model.hasAlpha(),
                    model.isAlphaPremultiplied(),
                    model.getTransparency(),
                    model.getTransferType());
        } catch (IllegalArgumentException | CMMException e) {
            return model; // a broken profile says nothing about the pixels
        }
    }

    /// Java's own gray space is linear light, but gray files without a profile hold the same gamma
    /// as sRGB.
    private static boolean isPlainGray(ColorSpace space) {
        return space.equals(ColorSpace.getInstance(ColorSpace.CS_GRAY));
    }

    private static Pixels gray(BufferedImage image) {
        WritableRaster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        boolean alpha = image.getColorModel().hasAlpha();
        int shift = image.getColorModel().getComponentSize(0) - 8;
        int[] argb = new int[width * height];
        int[] row = new int[width * raster.getNumBands()];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * raster.getNumBands();
                int level = eightBits(row[at], shift);
                int opacity = alpha ? eightBits(row[at + 1], shift) : 255;
                argb[y * width + x] = opacity << 24 | level << 16 | level << 8 | level;
            }
        }
        return new Pixels(width, height, argb);
    }

    private static int eightBits(int sample, int shift) {
        return shift >= 0 ? sample >> shift & 0xff : sample * 255 / ((1 << (8 + shift)) - 1);
    }

    private static Pixels converted(BufferedImage image) {
        BufferedImage srgb =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        new ColorConvertOp(null).filter(image, srgb);
        return read(srgb);
    }

    private static Pixels read(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        return new Pixels(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    }

    private static WritableRaster reduce(Raster source, int factor, boolean alpha) {
        int bands = source.getNumBands();
        int width = Math.ceilDiv(source.getWidth(), factor);
        int height = Math.ceilDiv(source.getHeight(), factor);
        int dataType = source.getTransferType();
        WritableRaster target =
                dataType == DataBuffer.TYPE_BYTE || dataType == DataBuffer.TYPE_USHORT
                        ? Raster.createInterleavedRaster(dataType, width, height, bands, null)
                        : source.createCompatibleWritableRaster(width, height);
        int[] rows = new int[source.getWidth() * factor * bands];
        int[] line = new int[width * bands];
        for (int y = 0; y < height; y++) {
            int top = source.getMinY() + y * factor;
            int deep = Math.min(factor, source.getHeight() - y * factor);
            source.getPixels(source.getMinX(), top, source.getWidth(), deep, rows);
            for (int x = 0; x < width; x++) {
                int wide = Math.min(factor, source.getWidth() - x * factor);
                average(
                        rows,
                        source.getWidth(),
                        x * factor,
                        wide,
                        deep,
                        bands,
                        alpha,
                        line,
                        x * bands);
            }
            target.setPixels(0, y, width, 1, line);
        }
        return target;
    }

    /// The mean of one block; a transparent pixel's colour does not count.
    private static void average(
            int[] rows,
            int stride,
            int left,
            int wide,
            int deep,
            int bands,
            boolean alpha,
            int[] line,
            int at) {
        for (int band = 0; band < bands; band++) {
            boolean weighted = alpha && band < bands - 1;
            long sum = 0;
            long weights = 0;
            for (int y = 0; y < deep; y++) {
                for (int x = 0; x < wide; x++) {
                    int pixel = (y * stride + left + x) * bands;
                    long weight = weighted ? rows[pixel + bands - 1] : 1;
                    sum += weight * rows[pixel + band];
                    weights += weight;
                }
            }
            line[at + band] = weights == 0 ? 0 : (int) ((sum + weights / 2) / weights);
        }
    }
}
