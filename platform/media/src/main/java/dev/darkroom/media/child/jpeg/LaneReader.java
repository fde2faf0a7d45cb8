package dev.darkroom.media.child.jpeg;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Reads compressed data at sixteen places at once, one in each lane of the processor's vectors.
///
/// A lane reads a stretch: from a place in the window to the first unit that begins at or behind
/// the stretch's end. It believes that a unit begins where it is put; if none does, it reads
/// nonsense until it falls into step, which Huffman codes bring about by themselves.
/// [StretchReader] finds out where that was.
///
/// Of each block the first coefficients are kept, as many as are asked for. The memory is constant,
/// as [BlockReader]'s is.
final class LaneReader {

    static final int LANES = 16;

    /// Stretches that can be read in one go.
    static final int MOST = 256;

    /// What has been read, [Marked], a place of its own for each stretch.
    static final short[] BLOCKS = new short[1 << 20];

    private static final int ANY = BLOCKS.length - 1;

    /// Places of different stretches begin in different lines of the processor's cache.
    private static final int LINE = 32;

    /// The number of a unit's block, for a lane that has nothing to read.
    private static final int IDLE = 15;

    /// Looks-up from one look at how full the places are to the next.
    private static final int STEPS = 256;

    /// Blocks that may be read before a lane stops whose place is full.
    private static final int MORE = STEPS + LANES;

    /// Units that begin in the first so many looks-up are remembered.
    private static final int REMEMBERED_STEPS = 4 * STEPS;

    /// The first numbers of 16 bits that a long code has an entry for.
    private static final int LONG_FROM = (1 << HuffmanCode.LONGEST) - 1 - LaneTables.LONG;

    /// Lanes that meet no code so often have nothing to do with the data.
    private static final int MOST_RESTARTS = 1024;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final int[] LOOKED_AT = new int[LANES];

    /// Coefficients that have been found: where they belong, and what they are.
    private static final int[] PLACES = new int[STEPS * 2 * LANES + LANES];

    private static final int[] VALUES = new int[PLACES.length];

    /// Units that can be remembered, and a vector more.
    static final int MOST_UNITS = 2 * MOST + MOST_RESTARTS + (REMEMBERED_STEPS + 1) * LANES;

    /// Whether [#BLOCKS] holds zeros only.
    private static boolean clean = true;

    private final List<BlockCode> codes;
    private final int kept;
    private final IntVector tables;
    private final IntVector after;

    // The stretches.
    private final int[] starts = new int[MOST];
    private final int[] ends = new int[MOST];
    private final int[] stops = new int[MOST];
    private final int[] stopPlaces = new int[MOST];
    private final UnitStarts units = new UnitStarts();
    private int count;
    private int next;
    private int size;

    // The lanes.
    private final int[] stretch = new int[LANES];
    private final int[] bit = new int[LANES];
    private final int[] end = new int[LANES];
    private final int[] coefficient = new int[LANES];
    private final int[] block = new int[LANES];
    private final int[] place = new int[LANES];
    private int busy;
    private int steps;
    private int found;

    /// Lanes that wait for something, a bit for each.
    private long withoutEntry;

    private long stopped;
    private int restarts;

    /// @param codes of each block of a unit
    /// @param tables their numbers among the [LaneTables]
    /// @param kept how many coefficients of each block
    LaneReader(List<BlockCode> codes, int[] tables, int kept) {
        this.codes = codes;
        this.kept = kept;
        int[] rows = new int[LANES];
        int[] following = new int[LANES];
        Arrays.fill(rows, LaneTables.IDLE * LaneTables.TABLE);
        Arrays.fill(following, IDLE);
        for (int i = 0; i < tables.length; i++) {
            rows[i] = tables[i] * LaneTables.TABLE;
            following[i] = (i + 1) % tables.length;
        }
        this.tables = IntVector.fromArray(INTS, rows, 0);
        this.after = IntVector.fromArray(INTS, following, 0);
    }

    /// How many stretches there is room for.
    ///
    /// @param blocks of each of them
    int most(int blocks) {
        return Math.min(MOST, BLOCKS.length / size(blocks));
    }

    /// The most blocks of a stretch, when there is one for each lane.
    int mostBlocks() {
        return (BLOCKS.length / LANES - 2 * LINE) / kept - MORE;
    }

    private int size(int blocks) {
        return ((blocks + MORE) * kept + LINE - 1) / LINE * LINE + LINE;
    }

    /// Forgets all stretches, and those of a picture that was given up.
    void clear() {
        if (count == 0 && !clean) {
            Arrays.fill(BLOCKS, (short) 0);
        }
        for (int i = 0; i < count; i++) {
            Arrays.fill(BLOCKS, place(i), stopPlaces[i], (short) 0);
        }
        count = 0;
        clean = true;
    }

    /// @param blocks that each of the next stretches has room for; a lane that has read as many
    ///   stops early
    void begin(int blocks) {
        size = size(blocks);
    }

    /// @param start the bit to begin at
    /// @param end the bit at or behind which the last unit ends
    void add(int start, int end) {
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    int count() {
        return count;
    }

    /// The units that lanes came to first.
    UnitStarts units() {
        return units;
    }

    /// The bit behind the last unit of a stretch.
    int stop(int stretch) {
        return stops[stretch];
    }

    /// Where in [#BLOCKS] the last unit of a stretch ends.
    int stopPlace(int stretch) {
        return stopPlaces[stretch];
    }

    private int place(int stretch) {
        return stretch * size;
    }

    /// Reads all stretches.
    void read() {
        clean = false;
        int last = (ends[count - 1] >>> 3) + WindowWords.BEYOND;
        WindowWords.load(starts[0] >>> 3, Math.min(last, EntropyData.SIZE));
        next = 0;
        busy = 0;
        units.count = 0;
        restarts = 0;
        for (int lane = 0; lane < LANES; lane++) {
            fill(lane);
        }
        for (int step = 0; busy > 0; step += STEPS) {
            steps = STEPS;
            found = 0;
            while (busy > 0 && steps > 0) {
                look(step < REMEMBERED_STEPS);
                search(withoutEntry);
                stop(stopped);
            }
            keep();
        }
        units.sort(size);
    }

    /// Puts what has been found where it belongs, and stops lanes that have no room for more.
    private void keep() {
        for (int i = 0; i < found; i++) {
            BLOCKS[PLACES[i] & ANY] = (short) VALUES[i];
        }
        for (int lane = 0; lane < LANES; lane++) {
            if (block[lane] != IDLE && isFull(lane)) {
                end[lane] = 0;
            }
        }
    }

    private boolean isFull(int lane) {
        return place[lane] - place(stretch[lane]) > size - LINE - MORE * kept;
    }

    /// Gives a lane the next stretch, if there is one.
    private void fill(int lane) {
        coefficient[lane] = 0;
        if (next == count) {
            block[lane] = IDLE;
            return;
        }
        stretch[lane] = next;
        end[lane] = ends[next];
        begin(lane, starts[next], place(next));
        next++;
        busy++;
    }

    private void begin(int lane, int at, int to) {
        bit[lane] = at;
        coefficient[lane] = 0;
        block[lane] = 0;
        place[lane] = to;
        units.addFirst(at, to);
    }

    /// Looks up an entry for each lane, and again, until a lane has none or is at its stretch's
    /// end.
    ///
    /// All of it is in one method, since the compiler keeps a vector in a register only as long as
    /// no call that it has not inlined gets to see it.
    private void look(boolean remembers) {
        UnitStarts units = this.units;
        IntVector tables = this.tables;
        IntVector after = this.after;
        IntVector end = IntVector.fromArray(INTS, this.end, 0);
        IntVector bit = IntVector.fromArray(INTS, this.bit, 0);
        IntVector coefficient = IntVector.fromArray(INTS, this.coefficient, 0);
        IntVector block = IntVector.fromArray(INTS, this.block, 0);
        IntVector place = IntVector.fromArray(INTS, this.place, 0);
        int kept = this.kept;
        int steps = this.steps;
        int found = this.found;
        long withoutEntry = 0;
        long stopped = 0;
        while (steps > 0 && stopped == 0) {
            steps--;
            bit.lanewise(VectorOperators.LSHR, 3).intoArray(LOOKED_AT, 0);
            IntVector bits =
                    IntVector.fromArray(INTS, WindowWords.WORDS, 0, LOOKED_AT, 0)
                            .lanewise(VectorOperators.LSHL, bit.and(7));
            IntVector row = block.selectFrom(tables).add(LaneTables.ROW, coefficient.eq(0));
            row.add(bits.lanewise(VectorOperators.LSHR, Integer.SIZE - LaneTables.BITS))
                    .intoArray(LOOKED_AT, 0);
            IntVector entry = IntVector.fromArray(INTS, LaneTables.ENTRIES, 0, LOOKED_AT, 0);
            IntVector step = entry.lanewise(VectorOperators.LSHR, LaneTables.STEP);
            IntVector next = coefficient.add(step.and(LaneTables.MOST_OF_7));
            // Also when a block is full, and its end would be read behind it.
            IntVector ends = entry.lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
            VectorMask<Integer> none = next.sub(ends).compare(VectorOperators.GT, Zigzag.LENGTH);
            if (none.anyTrue()) {
                row.lanewise(VectorOperators.LSHL, 1)
                        .add(bits.lanewise(VectorOperators.LSHR, 16).sub(LONG_FROM).max(0))
                        .intoArray(LOOKED_AT, 0);
                IntVector longer =
                        IntVector.fromArray(INTS, LaneTables.LONG_ENTRIES, 0, LOOKED_AT, 0, none);
                entry = entry.blend(longer, none);
                step = entry.lanewise(VectorOperators.LSHR, LaneTables.STEP);
                next = coefficient.add(step.and(LaneTables.MOST_OF_7));
                ends = entry.lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
                none = next.sub(ends).compare(VectorOperators.GT, Zigzag.LENGTH);
                if (none.anyTrue()) {
                    withoutEntry = none.toLong();
                    break;
                }
            }

            // The values: their bits, marked by making the bit before them a one.
            VectorMask<Integer> ended = entry.lt(0);
            IntVector taken = entry.and(LaneTables.MOST_OF_5);
            IntVector before =
                    entry.lanewise(VectorOperators.LSHR, LaneTables.BEFORE_FIRST)
                            .and(LaneTables.MOST_OF_4);
            IntVector size =
                    entry.lanewise(VectorOperators.LSHR, LaneTables.SIZE_OF_FIRST)
                            .and(LaneTables.MOST_OF_4);
            IntVector lastSize =
                    entry.lanewise(VectorOperators.LSHR, LaneTables.SIZE_OF_LAST)
                            .and(LaneTables.MOST_OF_4);
            IntVector first =
                    coefficient.add(
                            entry.lanewise(VectorOperators.LSHR, LaneTables.FIRST)
                                    .and(LaneTables.MOST_OF_7));
            VectorMask<Integer> keepsFirst = first.lt(kept);
            place.add(first).compress(keepsFirst).intoArray(PLACES, found);
            bits.lanewise(VectorOperators.LSHL, before)
                    .or(Integer.MIN_VALUE)
                    .lanewise(VectorOperators.LSHR, size.not())
                    .compress(keepsFirst)
                    .intoArray(VALUES, found);
            found += keepsFirst.trueCount();
            VectorMask<Integer> keepsLast = next.compare(VectorOperators.LE, kept).andNot(ended);
            place.add(next).sub(1).compress(keepsLast).intoArray(PLACES, found);
            bits.lanewise(VectorOperators.LSHL, taken.sub(lastSize).sub(1))
                    .or(Integer.MIN_VALUE)
                    .lanewise(VectorOperators.LSHR, lastSize.not())
                    .compress(keepsLast)
                    .intoArray(VALUES, found);
            found += keepsLast.trueCount();

            bit = bit.add(taken);
            VectorMask<Integer> done = ended.or(next.eq(Zigzag.LENGTH));
            coefficient = next.blend(0, done);
            place = place.add(kept, done);
            block = block.blend(block.selectFrom(after), done);
            VectorMask<Integer> unit = done.and(block.eq(0));
            if (remembers && unit.anyTrue()) {
                bit.compress(unit).intoArray(UnitStarts.BITS, units.count);
                place.compress(unit).intoArray(UnitStarts.PLACES, units.count);
                units.count += unit.trueCount();
            }
            stopped = unit.and(bit.compare(VectorOperators.GE, end)).toLong();
        }
        bit.intoArray(this.bit, 0);
        coefficient.intoArray(this.coefficient, 0);
        block.intoArray(this.block, 0);
        place.intoArray(this.place, 0);
        this.steps = steps;
        this.found = found;
        this.withoutEntry = withoutEntry;
        this.stopped = stopped;
    }

    /// Reads one coefficient the slow way, in lanes that have no entry for it.
    private void search(long lanes) {
        for (long left = lanes; left != 0; left &= left - 1) {
            search(Long.numberOfTrailingZeros(left));
        }
    }

    private void search(int lane) {
        long bits = WindowWords.bits(bit[lane]);
        boolean difference = coefficient[lane] == 0;
        BlockCode code = codes.get(block[lane]);
        int symbol = (difference ? code.differences() : code.coefficients()).find(bits);
        int length = symbol >>> 8;
        int size = symbol & 15;
        boolean last = !difference && BlockCode.isEnd(symbol);
        int to = coefficient[lane] + (difference ? 0 : BlockCode.step(symbol) - 1);
        if (symbol == 0 || (!last && to >= Zigzag.LENGTH)) {
            restart(lane);
            return;
        }
        if (!last && to < kept) {
            PLACES[found] = place[lane] + to;
            VALUES[found] = (int) ((bits << (length - 1) | Long.MIN_VALUE) >>> (63 - size));
            found++;
        }
        bit[lane] += length + size;
        coefficient[lane] = to + 1;
        if (last || to == Zigzag.LENGTH - 1) {
            coefficient[lane] = 0;
            place[lane] += kept;
            block[lane] = (block[lane] + 1) % codes.size();
            if (block[lane] == 0 && bit[lane] >= end[lane]) {
                stop(1L << lane);
            }
        }
    }

    /// What a lane has read is no code: it was not in step, or the data is damaged. It tries again
    /// from the next byte on, and what it has read before does not count.
    private void restart(int lane) {
        begin(lane, (bit[lane] | 7) + 1, place[lane] + kept);
        restarts++;
        if (bit[lane] >= end[lane] || restarts >= MOST_RESTARTS) {
            stop(1L << lane);
        }
    }

    private void stop(long lanes) {
        for (long left = lanes; left != 0; left &= left - 1) {
            int lane = Long.numberOfTrailingZeros(left);
            stops[stretch[lane]] = bit[lane];
            stopPlaces[stretch[lane]] = place[lane];
            busy--;
            fill(lane);
        }
    }
}
