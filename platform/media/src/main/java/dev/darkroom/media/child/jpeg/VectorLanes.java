package dev.darkroom.media.child.jpeg;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The operations of [Lanes] with the vector module, which must be there before this class is
/// touched.
final class VectorLanes {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int N = FLOATS.length();
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, N * Short.SIZE)));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, N * Byte.SIZE)));

    /// The bits of a float that are its exponent.
    private static final int EXPONENT = 0x7f800000;

    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
    private static final VectorShuffle<Float> LOWER = VectorShuffle.makeZip(EIGHT, 0);
    private static final VectorShuffle<Float> UPPER = VectorShuffle.makeZip(EIGHT, 1);

    private VectorLanes() {}

    /// Whether it is worth it: a vector of bytes cannot be shorter than 8.
    static boolean fast() {
        return N >= 8;
    }

    /// Whether a vector holds as many numbers as any processor's does.
    static boolean widest() {
        return N == Lanes.WIDTH;
    }

    static void sum(
            float[] rows,
            int from,
            int stride,
            float[] weights,
            int weight,
            int count,
            float[] to,
            int at,
            int length) {
        int i = 0;
        for (; i <= length - 4 * N; i += 4 * N) {
            sumOfFour(rows, from + i, stride, weights, weight, count, to, at + i);
        }
        for (; i < length; i += N) {
            FloatVector sum = FloatVector.zero(FLOATS);
            int row = from + i;
            for (int k = 0; k < count; k++) {
                FloatVector factor = FloatVector.broadcast(FLOATS, weights[weight + k]);
                sum = FloatVector.fromArray(FLOATS, rows, row).fma(factor, sum);
                row += stride;
            }
            sum.intoArray(to, at + i);
        }
    }

    /// Four vectors at a time share the weights, and do not wait for each other.
    private static void sumOfFour(
            float[] rows,
            int from,
            int stride,
            float[] weights,
            int weight,
            int count,
            float[] to,
            int at) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int row = from;
        for (int k = 0; k < count; k++) {
            FloatVector factor = FloatVector.broadcast(FLOATS, weights[weight + k]);
            a = FloatVector.fromArray(FLOATS, rows, row).fma(factor, a);
            b = FloatVector.fromArray(FLOATS, rows, row + N).fma(factor, b);
            c = FloatVector.fromArray(FLOATS, rows, row + 2 * N).fma(factor, c);
            d = FloatVector.fromArray(FLOATS, rows, row + 3 * N).fma(factor, d);
            row += stride;
        }
        a.intoArray(to, at);
        b.intoArray(to, at + N);
        c.intoArray(to, at + 2 * N);
        d.intoArray(to, at + 3 * N);
    }

    static void cosine(float[] rows, int from, int stride, float[] to, int at, int length) {
        for (int i = 0; i < length; i += N) {
            int row = from + i;
            FloatVector x0 = row(rows, row);
            FloatVector x1 = row(rows, row + stride);
            FloatVector x2 = row(rows, row + 2 * stride);
            FloatVector x3 = row(rows, row + 3 * stride);
            FloatVector x4 = row(rows, row + 4 * stride);
            FloatVector x5 = row(rows, row + 5 * stride);
            FloatVector x6 = row(rows, row + 6 * stride);
            FloatVector x7 = row(rows, row + 7 * stride);
            even(x0.add(x7), x1.add(x6), x2.add(x5), x3.add(x4), to, at + i, stride);
            odd(x0.sub(x7), x1.sub(x6), x2.sub(x5), x3.sub(x4), to, at + i + stride, stride);
        }
    }

    private static FloatVector row(float[] rows, int at) {
        return FloatVector.fromArray(FLOATS, rows, at);
    }

    private static void even(
            FloatVector s0,
            FloatVector s1,
            FloatVector s2,
            FloatVector s3,
            float[] to,
            int at,
            int stride) {
        FloatVector outer = s0.add(s3);
        FloatVector inner = s1.add(s2);
        FloatVector tilt = s0.sub(s3);
        FloatVector bend = s1.sub(s2);
        outer.add(inner).mul(Cosines.C4).intoArray(to, at);
        tilt.mul(Cosines.C2).add(bend.mul(Cosines.C6)).intoArray(to, at + 2 * stride);
        outer.sub(inner).mul(Cosines.C4).intoArray(to, at + 4 * stride);
        tilt.mul(Cosines.C6).sub(bend.mul(Cosines.C2)).intoArray(to, at + 6 * stride);
    }

    private static void odd(
            FloatVector d0,
            FloatVector d1,
            FloatVector d2,
            FloatVector d3,
            float[] to,
            int at,
            int stride) {
        float c1 = Cosines.C1;
        float c3 = Cosines.C3;
        float c5 = Cosines.C5;
        float c7 = Cosines.C7;
        d0.mul(c1).add(d1.mul(c3)).add(d2.mul(c5)).add(d3.mul(c7)).intoArray(to, at);
        d0.mul(c3).sub(d1.mul(c7)).sub(d2.mul(c1)).sub(d3.mul(c5)).intoArray(to, at + 2 * stride);
        d0.mul(c5).sub(d1.mul(c1)).add(d2.mul(c7)).add(d3.mul(c3)).intoArray(to, at + 4 * stride);
        d0.mul(c7).sub(d1.mul(c5)).add(d2.mul(c3)).sub(d3.mul(c1)).intoArray(to, at + 6 * stride);
    }

    static void sumAt(
            float[] rows,
            int[] places,
            int place,
            float[] weights,
            int weight,
            int count,
            float[] to,
            int at,
            int length) {
        for (int i = 0; i < length; i += N) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int k = 0; k < count; k++) {
                FloatVector factor = FloatVector.broadcast(FLOATS, weights[weight + k]);
                sum = row(rows, places[place + k] + i).fma(factor, sum);
            }
            sum.intoArray(to, at + i);
        }
    }

    static void filter(
            float[] rows, int[] first, float[] weights, int count, float[] to, int length) {
        int i = 0;
        for (; i <= length - 4; i += 4) {
            for (int part = 0; part < Lanes.WIDTH; part += N) {
                filterFour(rows, first, part, weights, count, to, i);
            }
        }
        int width = Lanes.WIDTH;
        for (; i < length; i++) {
            sum(rows, first[i] * width, width, weights, i * count, count, to, i * width, width);
        }
    }

    /// Four that do not wait for each other.
    private static void filterFour(
            float[] rows,
            int[] first,
            int part,
            float[] weights,
            int count,
            float[] to,
            int target) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int rowA = first[target] * Lanes.WIDTH + part;
        int rowB = first[target + 1] * Lanes.WIDTH + part;
        int rowC = first[target + 2] * Lanes.WIDTH + part;
        int rowD = first[target + 3] * Lanes.WIDTH + part;
        int weight = target * count;
        for (int k = 0; k < count; k++) {
            int next = k * Lanes.WIDTH;
            a = row(rows, rowA + next).fma(one(weights, weight + k), a);
            b = row(rows, rowB + next).fma(one(weights, weight + count + k), b);
            c = row(rows, rowC + next).fma(one(weights, weight + 2 * count + k), c);
            d = row(rows, rowD + next).fma(one(weights, weight + 3 * count + k), d);
        }
        int at = target * Lanes.WIDTH + part;
        a.intoArray(to, at);
        b.intoArray(to, at + Lanes.WIDTH);
        c.intoArray(to, at + 2 * Lanes.WIDTH);
        d.intoArray(to, at + 3 * Lanes.WIDTH);
    }

    private static FloatVector one(float[] weights, int weight) {
        return FloatVector.broadcast(FLOATS, weights[weight]);
    }

    static void dequantise(
            short[] from,
            int start,
            int stride,
            int[] sources,
            int count,
            float[] factors,
            float[] to,
            int at,
            int[] targets) {
        for (int i = 0; i < factors.length; i += N) {
            FloatVector factor = row(factors, i);
            for (int block = 0; block < count; block++) {
                int source = start + sources[block] * stride + i;
                Vector<Integer> ints =
                        ShortVector.fromArray(SHORTS, from, source)
                                .convertShape(VectorOperators.S2I, INTS, 0);
                value(floats(ints)).mul(factor).intoArray(to, at + targets[block] + i);
            }
        }
    }

    /// What [Marked#value] does: the mark is what a number's exponent stands for.
    private static FloatVector value(FloatVector marked) {
        FloatVector mark = marked.reinterpretAsInts().and(EXPONENT).reinterpretAsFloats();
        FloatVector bits = marked.sub(mark);
        return bits.sub(mark.sub(1f), bits.add(bits).lt(mark));
    }

    static void clamp(float[] values, int from, int length) {
        for (int i = from; i < from + length; i += N) {
            FloatVector.fromArray(FLOATS, values, i).max(0f).min(255f).intoArray(values, i);
        }
    }

    static void widen(byte[] from, int start, float offset, float[] to, int at, int length) {
        for (int i = 0; i < length; i += N) {
            Vector<Integer> ints =
                    ByteVector.fromArray(BYTES, from, start + i)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
            floats(ints).add(offset).intoArray(to, at + i);
        }
    }

    static void narrow(float[] from, int start, byte[] to, int at, int length) {
        for (int i = 0; i < length; i += N) {
            FloatVector rounded =
                    FloatVector.fromArray(FLOATS, from, start + i).add(0.5f).max(0f).min(255f);
            ((ByteVector) ints(rounded).convertShape(VectorOperators.I2B, BYTES, 0))
                    .intoArray(to, at + i);
        }
    }

    static void quantise(
            float[] frequencies, float[] factors, int stride, short[] to, int[] present) {
        FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector minusHalf = half.neg();
        for (int i = 0; i < stride; i += N) {
            for (int part = 0; part < 2; part++) {
                IntVector there = IntVector.zero(INTS);
                for (int k = 0; k < Integer.SIZE; k++) {
                    int place = part * Integer.SIZE + k;
                    int natural = Zigzag.natural(place);
                    FloatVector value =
                            row(frequencies, natural * stride + i).mul(factors[natural]);
                    IntVector whole = ints(value.add(half.blend(minusHalf, value.lt(0f))));
                    ((ShortVector) whole.convertShape(VectorOperators.I2S, SHORTS, 0))
                            .intoArray(to, place * stride + i);
                    there =
                            there.lanewise(
                                    VectorOperators.OR,
                                    1 << k,
                                    whole.compare(VectorOperators.NE, 0));
                }
                there.intoArray(present, part * stride + i);
            }
        }
    }

    static void turn(
            float[] from,
            int start,
            int stride,
            int step,
            float[] to,
            int at,
            int toStride,
            int toStep,
            int squares) {
        for (int i = 0; i < squares; i++) {
            turn(from, start + i * step, stride, to, at + i * toStep, toStride);
        }
    }

    private static void turn(
            float[] from, int start, int stride, float[] to, int at, int toStride) {
        FloatVector a = eight(from, start);
        FloatVector b = eight(from, start + stride);
        FloatVector c = eight(from, start + 2 * stride);
        FloatVector d = eight(from, start + 3 * stride);
        FloatVector e = eight(from, start + 4 * stride);
        FloatVector f = eight(from, start + 5 * stride);
        FloatVector g = eight(from, start + 6 * stride);
        FloatVector h = eight(from, start + 7 * stride);
        // A pack of cards, shuffled perfectly three times, lies on its side.
        for (int i = 0; i < 3; i++) {
            FloatVector a2 = a.rearrange(LOWER, e);
            FloatVector b2 = a.rearrange(UPPER, e);
            FloatVector c2 = b.rearrange(LOWER, f);
            FloatVector d2 = b.rearrange(UPPER, f);
            FloatVector e2 = c.rearrange(LOWER, g);
            FloatVector f2 = c.rearrange(UPPER, g);
            FloatVector g2 = d.rearrange(LOWER, h);
            FloatVector h2 = d.rearrange(UPPER, h);
            a = a2;
            b = b2;
            c = c2;
            d = d2;
            e = e2;
            f = f2;
            g = g2;
            h = h2;
        }
        a.intoArray(to, at);
        b.intoArray(to, at + toStride);
        c.intoArray(to, at + 2 * toStride);
        d.intoArray(to, at + 3 * toStride);
        e.intoArray(to, at + 4 * toStride);
        f.intoArray(to, at + 5 * toStride);
        g.intoArray(to, at + 6 * toStride);
        h.intoArray(to, at + 7 * toStride);
    }

    private static FloatVector eight(float[] from, int at) {
        return FloatVector.fromArray(EIGHT, from, at);
    }

    private static FloatVector floats(Vector<Integer> ints) {
        return (FloatVector) ints.convertShape(VectorOperators.I2F, FLOATS, 0);
    }

    private static IntVector ints(FloatVector floats) {
        return (IntVector) floats.convertShape(VectorOperators.F2I, INTS, 0);
    }
}
