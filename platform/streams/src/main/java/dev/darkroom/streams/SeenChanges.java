package dev.darkroom.streams;

/// Remembers the last changes by table, key and LSN, so that each is taken once.
///
/// What the engine publishes a second time, after a crash, follows closely on the first; so a
/// window is enough, and the memory is bounded: the last 65,536 changes at least, the last 131,072
/// at most, 16 bytes each. The key and the table stand there as a 64-bit hash.
public final class SeenChanges {
    private static final int GENERATION = 1 << 16;
    private static final int SLOTS = GENERATION * 2;

    private long[] young = new long[SLOTS * 2];
    private long[] old = new long[SLOTS * 2];
    private int size;
    private long duplicates;

    /// Whether this change has not come before.
    public boolean isNew(ChangeRecord change) {
        return isNew(change.table(), change.keyText(), change.lsn());
    }

    boolean isNew(String table, String key, long lsn) {
        // Zero marks a free slot.
        long hash = hash(table, key) | 1;
        if (holds(old, hash, lsn) || !add(hash, lsn)) {
            duplicates++;
            return false;
        }
        return true;
    }

    /// How many were not new.
    public long duplicates() {
        return duplicates;
    }

    private boolean add(long hash, long lsn) {
        int slot = slot(young, hash, lsn);
        if (young[slot] != 0) {
            return false;
        }
        young[slot] = hash;
        young[slot + 1] = lsn;
        if (++size == GENERATION) {
            old = young;
            young = new long[SLOTS * 2];
            size = 0;
        }
        return true;
    }

    private static boolean holds(long[] table, long hash, long lsn) {
        return table[slot(table, hash, lsn)] != 0;
    }

    /// Where the pair stands, or else the free slot that it would take.
    private static int slot(long[] table, long hash, long lsn) {
        int at = (int) mix(hash ^ mix(lsn)) & (SLOTS - 1);
        while (table[2 * at] != 0 && (table[2 * at] != hash || table[2 * at + 1] != lsn)) {
            at = (at + 1) & (SLOTS - 1);
        }
        return 2 * at;
    }

    /// FNV-1a.
    private static long hash(String table, String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < table.length(); i++) {
            hash = (hash ^ table.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ 0xffff) * 0x100000001b3L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
