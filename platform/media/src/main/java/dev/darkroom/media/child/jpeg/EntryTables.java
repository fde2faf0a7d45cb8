package dev.darkroom.media.child.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What bits mean: one look-up finds up to two coefficients, or one and the end of its block.
///
/// An entry is for a first coefficient whose value lies in the index already, and for a last one
/// whose value may reach beyond it. Where there is one only, the first is written where the last
/// will be. What has no entry, since its code is longer than an index or is none, claims to be
/// longer than a block.
///
/// A table has a row of entries for coefficients, and one for the differences that blocks begin
/// with. Each field is a byte of its own: to load it is one instruction, to cut it out of a number
/// would be three. All tables are one constant array, so that the compiler knows where it is and
/// that no index can leave it: that saves the decoder a dozen instructions per look-up.
final class EntryTables {

    static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /// Index bits. With ten of them the tables would leave room in a processor's first cache, but
    /// busy photos have long codes: those are read 11 % faster with eleven, and others no slower.
    private static final int BITS = 11;

    private static final int ENTRY = 8;

    /// From the entries for coefficients to those for differences.
    static final int ROW = ENTRY << BITS;

    static final int TABLE = 2 * ROW;

    /// The number of the last table: one for each component is enough.
    static final int LAST = 3;

    /// A shift that brings the top bits to the place of their entry, but for [#INDEX].
    static final int SHIFT = Long.SIZE - BITS - 3;

    static final int INDEX = ROW - ENTRY;

    /// How many bits the entry takes in all.
    static final int TAKEN = 0;

    /// How far the position moves: behind the last coefficient.
    static final int STEP = 1;

    /// From the position to the first coefficient.
    static final int FIRST = 2;

    /// The bits before the last value, less one.
    static final int BEFORE = 3;

    /// 63 less the bits of the last value.
    static final int SPARE = 4;

    /// -1 when the block is at its end, else 0.
    static final int END = 5;

    /// The first value, [Marked].
    static final int VALUE = 6;

    static final byte[] ENTRIES = new byte[(LAST + 1) * TABLE];

    private EntryTables() {}

    static void fill(int table, BlockCode code) {
        int at = table * TABLE;
        int[] singles = code.coefficients().inIndexOf(BITS);
        for (int i = 0; i < singles.length; i++) {
            coefficients(at + i * ENTRY, i, singles);
        }
        singles = code.differences().inIndexOf(BITS);
        for (int i = 0; i < singles.length; i++) {
            int size = singles[i] & 15;
            if (singles[i] == 0) {
                none(at + ROW + i * ENTRY);
            } else {
                put(at + ROW + i * ENTRY, (singles[i] >>> 8) + size, 1, singles[i] >>> 8, size);
            }
        }
    }

    private static void coefficients(int at, int index, int[] singles) {
        int first = singles[index];
        int length = first >>> 8;
        int size = first & 15;
        int used = length + size;
        int step = BlockCode.step(first);
        if (first == 0) {
            none(at);
            return;
        }
        if (BlockCode.isEnd(first)) {
            put(at, length, 1, length, 0);
            ENTRIES[at + END] = -1;
            return;
        }
        put(at, used, step, length, size);
        int last = size == 0 || used >= BITS ? 0 : singles[(index << used) & ((1 << BITS) - 1)];
        int lastLength = last >>> 8;
        if (last == 0 || used + lastLength > BITS) {
            return;
        }
        if (BlockCode.isEnd(last)) {
            ENTRIES[at + TAKEN] += (byte) lastLength;
            ENTRIES[at + END] = -1;
            return;
        }
        int lastSize = last & 15;
        int before = used + lastLength;
        put(at, before + lastSize, step + BlockCode.step(last), before, lastSize);
        ENTRIES[at + FIRST] = (byte) (step - 1);
        int value = (index >>> (BITS - used)) & ((1 << size) - 1);
        SHORTS.set(ENTRIES, at + VALUE, (short) (1 << size | value));
    }

    /// An entry for the last coefficient alone.
    private static void put(int at, int taken, int step, int before, int size) {
        ENTRIES[at + TAKEN] = (byte) taken;
        ENTRIES[at + STEP] = (byte) step;
        ENTRIES[at + FIRST] = (byte) (step - 1);
        ENTRIES[at + BEFORE] = (byte) (before - 1);
        ENTRIES[at + SPARE] = (byte) (63 - size);
        ENTRIES[at + END] = 0;
        SHORTS.set(ENTRIES, at + VALUE, (short) 0);
    }

    private static void none(int at) {
        put(at, 0, Zigzag.LENGTH, 1, 0);
    }
}
