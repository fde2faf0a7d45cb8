package dev.darkroom.media.child.jpeg;

import static dev.darkroom.media.child.jpeg.EntryTables.ENTRIES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Reads compressed data as blocks of coefficients. Most of the time that a thumbnail takes goes by
/// in here.
///
/// The next bits stand at the top of a number of 64 bits, which is filled up without asking how
/// many bytes it takes. Of their count only the lowest six bits mean something.
///
/// Its memory is constant, for the reason given at [EntryTables]: one picture is read at a time.
final class BlockReader implements UnitReader {

    /// Blocks that are read in one go.
    static final int MOST = 63;

    /// The blocks that have been read: 64 coefficients each, in zigzag order, [Marked]. The first
    /// one is the difference from the block before.
    static final short[] BLOCKS = new short[(MOST + 1) * Zigzag.LENGTH];

    private static final VarHandle BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final byte[] WINDOW = EntropyData.WINDOW;

    /// No index into [#BLOCKS] has other bits; none ever would, but the compiler cannot know.
    private static final int ANY = BLOCKS.length - 1;

    /// Blocks of a unit that follow each other in the same code.
    ///
    /// @param table the number of its table
    record Run(int blocks, int table, BlockCode code) {}

    private final EntropyData data;
    private final Run[] runs;
    private final int blocksInUnit;

    private long bits;
    private int count;
    private int position;

    /// Where in [#BLOCKS] the next coefficient belongs.
    private int at;

    /// The row of the table for it.
    private int row;

    private int filled;

    /// @param runs what a unit consists of
    BlockReader(EntropyData data, List<Run> runs) {
        this.data = data;
        this.runs = runs.toArray(Run[]::new);
        this.blocksInUnit = runs.stream().mapToInt(Run::blocks).sum();
        Arrays.fill(BLOCKS, (short) 0);
    }

    /// Goes on somewhere else.
    ///
    /// @param bit in the window
    void start(int bit) {
        int taken = bit & 7;
        position = Math.ceilDiv(bit, Byte.SIZE);
        count = taken == 0 ? 0 : Byte.SIZE - taken;
        // A byte of which nothing has been taken may not be in the window yet.
        bits = taken == 0 ? 0 : (WINDOW[bit >>> 3] & 0xffL) << (Long.SIZE - count);
    }

    /// The next one in the window.
    int bit() {
        return position * Byte.SIZE - (count & 63);
    }

    @Override
    public short[] blocks() {
        return BLOCKS;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int stride() {
        return Zigzag.LENGTH;
    }

    @Override
    public void restart() throws UnusualJpeg {
        finish();
        start(data.next() * Byte.SIZE);
    }

    @Override
    public int read(int most) throws UnusualJpeg {
        int units = Math.min(most, MOST / blocksInUnit);
        Arrays.fill(BLOCKS, 0, filled, (short) 0);
        position = data.reserve(position);
        at = 0;
        row = EntryTables.ROW;
        int end = 0;
        for (int unit = 0; unit < units; unit++) {
            for (Run run : runs) {
                end += run.blocks * Zigzag.LENGTH;
                find(run.table, end);
                while (at < end) {
                    search(run.code);
                    find(run.table, end);
                }
            }
        }
        filled = end;
        if (taken() > data.end()) {
            throw new UnusualJpeg("the data ends too early");
        }
        return units;
    }

    @Override
    public void finish() throws UnusualJpeg {
        position = data.reserve(position);
        if (taken() != data.end()) {
            throw new UnusualJpeg("the data is damaged");
        }
    }

    /// The first byte of which no bit has been taken.
    private int taken() {
        return position - (count & 63) / Byte.SIZE;
    }

    /// Reads to the end, or to something that has no entry.
    ///
    /// No branch depends on where blocks end, since no processor foresees that: the row and the
    /// position are computed. Two look-ups share one filling of the bits, written out twice: that
    /// and all the local variables make it a third faster, and long.
    private void find(int table, int end) {
        int start = (table & EntryTables.LAST) * EntryTables.TABLE;
        long base = start;
        long bits = this.bits;
        int count = this.count;
        int position = this.position;
        int at = this.at;
        long row = base + (this.row & EntryTables.ROW);
        while (at < end) {
            bits |= (long) BYTES.get(WINDOW, position & EntropyData.ANY) >>> count;
            position += ~count >>> 3 & 7;
            count |= 56;
            int entry = (int) (row + (bits >>> EntryTables.SHIFT & EntryTables.INDEX));
            int next = at + ENTRIES[entry + EntryTables.STEP];
            if ((at ^ next) >= Zigzag.LENGTH) {
                break;
            }
            BLOCKS[at + ENTRIES[entry + EntryTables.FIRST] & ANY] = first(entry);
            BLOCKS[next - 1 & ANY] = last(entry, bits);
            int taken = ENTRIES[entry + EntryTables.TAKEN];
            bits <<= taken;
            count -= taken;
            int ended = ENTRIES[entry + EntryTables.END];
            row = base + (ended & EntryTables.ROW);
            at = (next | (ended & 63)) - ended;
            if (at >= end) {
                break;
            }
            entry = (int) (row + (bits >>> EntryTables.SHIFT & EntryTables.INDEX));
            next = at + ENTRIES[entry + EntryTables.STEP];
            if ((at ^ next) >= Zigzag.LENGTH) {
                break;
            }
            BLOCKS[at + ENTRIES[entry + EntryTables.FIRST] & ANY] = first(entry);
            BLOCKS[next - 1 & ANY] = last(entry, bits);
            taken = ENTRIES[entry + EntryTables.TAKEN];
            bits <<= taken;
            count -= taken;
            ended = ENTRIES[entry + EntryTables.END];
            row = base + (ended & EntryTables.ROW);
            at = (next | (ended & 63)) - ended;
        }
        this.bits = bits;
        this.count = count;
        this.position = position;
        this.at = at;
        this.row = (int) (row - base);
    }

    private static short first(int entry) {
        return (short) EntryTables.SHORTS.get(ENTRIES, entry + EntryTables.VALUE);
    }

    /// The bits of the last value, marked by making the bit before them a one.
    private static short last(int entry, long bits) {
        long marked = bits << ENTRIES[entry + EntryTables.BEFORE] | Long.MIN_VALUE;
        return (short) (marked >>> ENTRIES[entry + EntryTables.SPARE]);
    }

    /// Reads one coefficient the slow way: its code is long, or it is the last of its block, which
    /// then ends without saying so.
    private void search(BlockCode code) throws UnusualJpeg {
        bits |= (long) BYTES.get(WINDOW, position & EntropyData.ANY) >>> count;
        position += ~count >>> 3 & 7;
        count |= 56;
        boolean first = at % Zigzag.LENGTH == 0;
        int found = (first ? code.differences() : code.coefficients()).find(bits);
        if (found == 0) {
            throw new UnusualJpeg("bits that are no code");
        }
        int length = found >>> 8;
        int size = found & 15;
        int to = at;
        int next = (at | 63) + 1;
        if (first || !BlockCode.isEnd(found)) {
            to += first ? 0 : BlockCode.step(found) - 1;
            if (to >= next) {
                throw new UnusualJpeg("more coefficients than a block holds");
            }
            BLOCKS[to] = (short) ((bits << (length - 1) | Long.MIN_VALUE) >>> (63 - size));
            next = to + 1;
        }
        bits <<= length + size;
        count -= length + size;
        at = next;
        row = at % Zigzag.LENGTH == 0 ? EntryTables.ROW : 0;
    }
}
