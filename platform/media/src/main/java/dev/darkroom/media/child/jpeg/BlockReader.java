package dev.darkroom.media.child.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads the bits of one segment of compressed data as blocks of coefficients. Most of the time
/// that a thumbnail takes goes by in here.
///
/// The next bits stand at the top of a number of 64 bits, which is filled up without asking how
/// many bytes it takes. Of their count only the lowest six bits mean something.
final class BlockReader {

    private static final VarHandle BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int LAST = Zigzag.LENGTH - 1;

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
        return position - (count & 63) / Byte.SIZE;
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
        bits |= (long) BYTES.get(data, position) >>> count;
        position += ~count >>> 3 & 7;
        count |= 56;
        int difference = dc.find(bits);
        int length = difference >>> 8;
        int size = difference & 0xff;
        int brightness = before + CoefficientTable.signed(bits << (length - size), 63 - size);
        row.block()[0] = (short) brightness;
        damaged |= length == 0;
        bits <<= length;
        count -= length;
        readCoefficients(ac, row.block());
        row.put(column);
        return brightness;
    }

    private void readCoefficients(CoefficientTable ac, short[] block) {
        byte[] data = this.data;
        long bits = this.bits;
        int count = this.count;
        int position = this.position;
        int at = 0;
        long previous;
        long entry;
        do {
            bits |= (long) BYTES.get(data, position) >>> count;
            position += ~count >>> 3 & 7;
            count |= 56;
            entry = ac.find(bits);
            CoefficientTable.store(entry, bits, block, at);
            previous = bits;
            bits <<= (int) entry;
            count -= (int) entry;
            at += CoefficientTable.advance(entry);
        } while (at < LAST);
        this.bits = bits;
        this.count = count;
        this.position = position;
        int step = CoefficientTable.firstStep(entry);
        int first = at - CoefficientTable.advance(entry) + step;
        boolean tooFar = at > LAST && at < CoefficientTable.END;
        if (tooFar
                || entry == CoefficientTable.DAMAGED
                || first >= LAST && step != CoefficientTable.NOWHERE) {
            finish(ac, first, previous, entry);
        }
    }

    /// A block whose last coefficient is there ends without saying so: then the second half of the
    /// last entry belongs to the next block.
    private void finish(CoefficientTable ac, int first, long previous, long entry) {
        if (first == LAST) {
            int used = ac.usedByFirst(previous);
            bits = previous << used;
            count += ((int) entry & 63) - used;
        } else {
            damaged = true;
        }
    }
}
