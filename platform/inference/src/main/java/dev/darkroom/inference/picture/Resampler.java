package dev.darkroom.inference.picture;

import dev.darkroom.inference.RgbImage;
import java.util.Arrays;

/// Resizes as Pillow does, byte for byte: the kernel grows with the reduction, weights are 22-bit
/// fixed point, and what lies between the horizontal and the vertical pass is rounded to 8 bits.
///
/// Models were trained on this. AWT's bicubic looks at four neighbours whatever the reduction, and
/// is 9 to 16 grey levels away on a textured photo.
public final class Resampler {
    private static final int PRECISION = 22;
    private static final int HALF = 1 << (PRECISION - 1);

    private Resampler() {}

    /// The whole picture in another size.
    public static RgbImage resize(RgbImage source, int width, int height, Filter filter) {
        return resize(source, width, height, filter, new Window(0, 0, width, height));
    }

    /// A part of the resized picture; the rest of it is never computed.
    static RgbImage resize(RgbImage source, int width, int height, Filter filter, Window window) {
        Weights rows = Weights.of(source.height(), height, filter, window.y(), window.height());
        Weights columns = Weights.of(source.width(), width, filter, window.x(), window.width());
        int firstRow = rows.first();
        int lastRow = rows.last();
        byte[] narrow = new byte[3 * window.width() * (lastRow - firstRow)];
        for (int y = firstRow; y < lastRow; y++) {
            alongRow(
                    source.pixels(),
                    3 * y * source.width(),
                    columns,
                    narrow,
                    3 * (y - firstRow) * window.width());
        }
        return new RgbImage(
                window.width(),
                window.height(),
                alongColumns(narrow, 3 * window.width(), rows, firstRow));
    }

    private static void alongRow(byte[] source, int from, Weights columns, byte[] target, int at) {
        int[] weights = columns.values;
        int out = at;
        for (int x = 0; x < columns.count; x++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int in = from + 3 * columns.starts[x];
            int end = (x * columns.stride) + columns.lengths[x];
            for (int k = x * columns.stride; k < end; k++) {
                int weight = weights[k];
                red += (source[in] & 0xff) * weight;
                green += (source[in + 1] & 0xff) * weight;
                blue += (source[in + 2] & 0xff) * weight;
                in += 3;
            }
            target[out++] = clip(red);
            target[out++] = clip(green);
            target[out++] = clip(blue);
        }
    }

    private static byte[] alongColumns(byte[] source, int stride, Weights rows, int firstRow) {
        byte[] target = new byte[stride * rows.count];
        int[] sums = new int[stride];
        for (int y = 0; y < rows.count; y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < rows.lengths[y]; k++) {
                int from = (rows.starts[y] - firstRow + k) * stride;
                add(source, from, rows.values[y * rows.stride + k], sums);
            }
            for (int x = 0; x < stride; x++) {
                target[y * stride + x] = clip(sums[x]);
            }
        }
        return target;
    }

    /// Alone in a method, so that the compiler makes vector instructions of it.
    private static void add(byte[] source, int from, int weight, int[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += (source[from + x] & 0xff) * weight;
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.clamp(sum >> PRECISION, 0, 255);
    }

    /// Which source pixels make each target pixel, and how much each of them counts.
    private static final class Weights {
        private final int count;
        private final int stride;
        private final int[] starts;
        private final int[] lengths;
        private final int[] values;

        private Weights(int count, int stride) {
            this.count = count;
            this.stride = stride;
            this.starts = new int[count];
            this.lengths = new int[count];
            this.values = new int[count * stride];
        }

        int first() {
            return starts[0];
        }

        int last() {
            return starts[count - 1] + lengths[count - 1];
        }

        /// Pillow leaves a pass out that changes nothing.
        private static Weights unchanged(int offset, int count) {
            Weights weights = new Weights(count, 1);
            for (int i = 0; i < count; i++) {
                weights.starts[i] = offset + i;
                weights.lengths[i] = 1;
                weights.values[i] = 1 << PRECISION;
            }
            return weights;
        }

        static Weights of(int from, int to, Filter filter, int offset, int count) {
            if (from == to) {
                return unchanged(offset, count);
            }
            double scale = (double) from / to;
            double reduction = Math.max(1, scale);
            double support = filter.support() * reduction;
            Weights weights = new Weights(count, (int) Math.ceil(support) * 2 + 1);
            double[] exact = new double[weights.stride];
            for (int i = 0; i < count; i++) {
                double centre = (offset + i + 0.5) * scale;
                int start = Math.max(0, (int) (centre - support + 0.5));
                int length = Math.min(from, (int) (centre + support + 0.5)) - start;
                double sum = 0;
                for (int k = 0; k < length; k++) {
                    exact[k] = filter.at((k + start - centre + 0.5) * (1 / reduction));
                    sum += exact[k];
                }
                weights.starts[i] = start;
                weights.lengths[i] = length;
                for (int k = 0; k < length; k++) {
                    double weight = (sum == 0 ? exact[k] : exact[k] / sum) * (1 << PRECISION);
                    weights.values[i * weights.stride + k] =
                            (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
                }
            }
            return weights;
        }
    }
}
