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
        fill();
        int difference = dc.find(bits);
        int length = difference >>> 8;
        int size = difference & 0xff;
        int brightness = before + CoefficientTable.signed(bits << (length - size), 63 - size);
        row.block()[0] = (short) brightness;
        damaged |= length == 0;
        take(length);
        readCoefficients(ac, row.block(), row.lastNeeded());
        row.put(column);
        return brightness;
    }

    private void readCoefficients(CoefficientTable ac, short[] block, int lastNeeded) {
        long bits = this.bits;
        int count = this.count;
        int position = this.position;
        int at = 0;
        while (at < lastNeeded) {
            bits |= (long) BYTES.get(data, position) >>> count;
            position += ~count >>> 3 & 7;
            count |= 56;
            int index = CoefficientTable.index(bits);
            int move = ac.move(index);
            long entry = ac.entry(index);
            if (move == 0) {
                entry = ac.search(bits);
                move = CoefficientTable.asSkip(entry);
            }
            CoefficientTable.store(entry, bits, block, at);
            bits <<= move;
            count -= move;
            at += move >>> CoefficientTable.ADVANCE;
        }
        while (at < LAST) {
            bits |= (long) BYTES.get(data, position) >>> count;
            position += ~count >>> 3 & 7;
            count |= 56;
            int skip = ac.findSkip(bits);
            bits <<= skip;
            count -= skip;
            at += skip >>> CoefficientTable.ADVANCE;
        }
        boolean ended = at >= CoefficientTable.END && at < CoefficientTable.END + LAST;
        if (at == LAST || ended) {
            this.bits = bits;
            this.count = count;
            this.position = position;
        } else {
            readOneByOne(ac, block);
        }
    }

    /// A block whose last coefficient is there ends without saying so, and what was looked up
    /// together with it belongs to the next block: reads it again, with more care.
    private void readOneByOne(CoefficientTable ac, short[] block) {
        int at = 0;
        while (at < LAST) {
            fill();
            int symbol = ac.findSingle(bits);
            int size = symbol & 15;
            int step = CoefficientTable.step(symbol);
            take(symbol >>> 8);
            damaged |= symbol == 0;
            if (symbol == 0 || step == CoefficientTable.NOWHERE) {
                return;
            }
            at += step;
            block[at] = (short) CoefficientTable.signed(bits, 63 - size);
            take(size);
        }
        damaged |= at > LAST;
    }

    private void fill() {
        bits |= (long) BYTES.get(data, position) >>> count;
        position += ~count >>> 3 & 7;
        count |= 56;
    }

    private void take(int length) {
        bits <<= length;
        count -= length;
    }
}
