package dev.darkroom.media.child.jpeg;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
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

    private VectorLanes() {}

    /// Whether it is worth it: a vector of bytes cannot be shorter than 8.
    static boolean fast() {
        return N >= 8;
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
        for (int i = 0; i < length; i += N) {
            FloatVector sum = FloatVector.zero(FLOATS);
            int row = from + i;
            for (int k = 0; k < count; k++) {
                sum =
                        FloatVector.fromArray(FLOATS, rows, row)
                                .fma(FloatVector.broadcast(FLOATS, weights[weight + k]), sum);
                row += stride;
            }
            sum.intoArray(to, at + i);
        }
    }

    static void scale(
            short[] from, int start, float factor, float offset, float[] to, int at, int length) {
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        FloatVector offsets = FloatVector.broadcast(FLOATS, offset);
        for (int i = 0; i < length; i += N) {
            Vector<Integer> ints =
                    ShortVector.fromArray(SHORTS, from, start + i)
                            .convertShape(VectorOperators.S2I, INTS, 0);
            floats(ints).fma(factors, offsets).intoArray(to, at + i);
        }
    }

    static void clamp(float[] values, int from, int length) {
        for (int i = from; i < from + length; i += N) {
            FloatVector.fromArray(FLOATS, values, i).max(0f).min(255f).intoArray(values, i);
        }
    }

    static void widen(byte[] from, int start, float[] to, int at, int length) {
        for (int i = 0; i < length; i += N) {
            Vector<Integer> ints =
                    ByteVector.fromArray(BYTES, from, start + i)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
            floats(ints).intoArray(to, at + i);
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

    static void quantise(float[] from, int start, float factor, short[] to, int at, int length) {
        for (int i = 0; i < length; i += N) {
            FloatVector value = FloatVector.fromArray(FLOATS, from, start + i).mul(factor);
            FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
            FloatVector rounded = value.add(half.blend(half.neg(), value.lt(0f)));
            ((ShortVector) ints(rounded).convertShape(VectorOperators.I2S, SHORTS, 0))
                    .intoArray(to, at + i);
        }
    }

    private static FloatVector floats(Vector<Integer> ints) {
        return (FloatVector) ints.convertShape(VectorOperators.I2F, FLOATS, 0);
    }

    private static IntVector ints(FloatVector floats) {
        return (IntVector) floats.convertShape(VectorOperators.F2I, INTS, 0);
    }
}
