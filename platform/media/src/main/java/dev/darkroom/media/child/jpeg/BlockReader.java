package dev.darkroom.media.child.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads the bits of one segment of compressed data as blocks of coefficients. Most of the time
/// that a thumbnail takes goes by in here.
///
/// The next bits stand at the top of a number of 64 bits, which is filled up without asking how
/// many bytes it takes.
final class BlockReader {

    private static final VarHandle BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// Keeps a damaged block short: takes a bit and ends it.
    private static final int DAMAGED_DIFFERENCE = 1 << 8;

    private static final long DAMAGED_COEFFICIENT =
            1
                    | 1 << 6
                    | (long) CoefficientTable.END << 16
                    | (long) CoefficientTable.NOWHERE << 24
                    | (long) CoefficientTable.NOWHERE << 32;

    private final byte[] data;
    private long bits;
    private int count;
    private int position;
    private boolean damaged;

    BlockReader(byte[] data) {
        this.data = data;
    }

    void start(int at) {
        bits = 0;
        count = 0;
        position = at;
    }

    /// The first byte of which no bit has been taken.
    int position() {
        return position - count / Byte.SIZE;
    }

    /// Whether something was no code, or had more coefficients than a block holds.
    boolean damaged() {
        return damaged;
    }

    /// Reads one block.
    ///
    /// @param column which of the row's blocks it is
    /// @param before the brightness of the block before it
    /// @return its own brightness
    int read(DifferenceTable dc, CoefficientTable ac, BlockRow row, int column, int before) {
        int[] places = row.places();
        short[] target = row.coefficients();
        fill();
        int difference = dc.find(bits);
        if (difference == 0) {
            damaged = true;
            difference = DAMAGED_DIFFERENCE;
        }
        int length = difference >>> 8;
        int size = difference & 0xff;
        int brightness = before + signed(bits << (length - size), size);
        target[column] = (short) brightness;
        take(length);
        readCoefficients(ac, places, target, column);
        return brightness;
    }

    private void readCoefficients(CoefficientTable ac, int[] places, short[] target, int column) {
        byte[] data = this.data;
        long bits = this.bits;
        int count = this.count;
        int position = this.position;
        int at = 0;
        long previous;
        long entry;
        do {
            bits |= (long) BYTES.get(data, position) >>> count;
            position += (63 - count) >> 3;
            count |= 56;
            entry = ac.find(bits);
            if (entry == 0) {
                damaged = true;
                entry = DAMAGED_COEFFICIENT;
            }
            int used = CoefficientTable.used(entry);
            int size = CoefficientTable.lastSize(entry);
            target[places[at + CoefficientTable.firstStep(entry)] + column] =
                    (short) CoefficientTable.firstValue(entry);
            target[places[at + CoefficientTable.lastStep(entry)] + column] =
                    (short) signed(bits << (used - size), size);
            previous = bits;
            bits <<= used;
            count -= used;
            at += CoefficientTable.advance(entry);
        } while (at < Zigzag.LENGTH - 1);
        this.bits = bits;
        this.count = count;
        this.position = position;
        int step = CoefficientTable.firstStep(entry);
        int first = at - CoefficientTable.advance(entry) + step;
        boolean tooFar = at >= Zigzag.LENGTH && at < CoefficientTable.END;
        if (tooFar || first >= Zigzag.LENGTH - 1 && step != CoefficientTable.NOWHERE) {
            finish(first, previous, entry);
        }
    }

    /// A block whose last coefficient is there ends without saying so: then the second half of the
    /// last entry belongs to the next block.
    private void finish(int first, long previous, long entry) {
        if (first == Zigzag.LENGTH - 1) {
            int used = CoefficientTable.usedByFirst(entry);
            bits = previous << used;
            count += CoefficientTable.used(entry) - used;
        } else {
            damaged = true;
        }
    }

    private void fill() {
        bits |= (long) BYTES.get(data, position) >>> count;
        position += (63 - count) >> 3;
        count |= 56;
    }

    private void take(int length) {
        bits <<= length;
        count -= length;
    }

    /// The number in the top bits: those that begin with 0 stand for the negative ones.
    static int signed(long top, int size) {
        int value = (int) (top >>> 1 >>> (63 - size));
        return value + ((int) (~top >> 63) & ((-1 << size) + 1));
    }
}
