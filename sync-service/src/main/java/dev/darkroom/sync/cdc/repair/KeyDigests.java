package dev.darkroom.sync.cdc.repair;

import java.util.function.LongConsumer;

/// For each key of one topic: the latest change and what it left. A hash table in three arrays of
/// longs and one of bytes, 25 bytes a place, at most three quarters full: 34 to 67 bytes a key.
///
/// Keys and rows are digests; two keys among 10 million share one by chance once in 400,000 tables.
final class KeyDigests {
    /// What [#find] says of a key that is not there.
    static final int ABSENT = -1;

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final byte VISITED = 1;
    private static final byte GONE = 2;

    private long[] keys = new long[FIRST_CAPACITY];
    private long[] lsns = new long[FIRST_CAPACITY];
    private long[] rows = new long[FIRST_CAPACITY];
    private byte[] marks = new byte[FIRST_CAPACITY];
    private int size;

    /// How many keys there are, those of deleted rows included.
    int size() {
        return size;
    }

    long bytes() {
        return 25L * keys.length;
    }

    /// Where a key stands, until the next [#put].
    int find(long key) {
        int mask = keys.length - 1;
        int at = place(key, mask);
        while (keys[at] != 0) {
            if (keys[at] == key) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return ABSENT;
    }

    long lsn(int place) {
        return lsns[place];
    }

    long row(int place) {
        return rows[place];
    }

    boolean isGone(int place) {
        return (marks[place] & GONE) != 0;
    }

    /// Keeps what a change left, when it is the latest of its key so far.
    ///
    /// @param key not 0
    /// @return false for a change that is older or was here before
    boolean put(long key, long lsn, long row, boolean gone) {
        int at = find(key);
        if (at == ABSENT) {
            at = add(key);
        } else if (lsns[at] >= lsn) {
            return false;
        }
        lsns[at] = lsn;
        rows[at] = row;
        marks[at] = (byte) ((marks[at] & VISITED) | (gone ? GONE : 0));
        return true;
    }

    /// Sets right what stands for a row, without a new change.
    void replace(int place, long row) {
        rows[place] = row;
        marks[place] &= ~GONE;
    }

    void markGone(int place) {
        marks[place] |= GONE;
    }

    private int add(long key) {
        if (4L * (size + 1) > 3L * keys.length) {
            resize(2 * keys.length, Long.MIN_VALUE);
        }
        size++;
        int mask = keys.length - 1;
        int at = place(key, mask);
        while (keys[at] != 0) {
            at = (at + 1) & mask;
        }
        keys[at] = key;
        return at;
    }

    /// Remembers that the table has this key.
    void visit(int place) {
        marks[place] |= VISITED;
    }

    /// Forgets the visits.
    void leave() {
        for (int i = 0; i < marks.length; i++) {
            marks[i] &= ~VISITED;
        }
    }

    /// Names the keys of rows that should be in the table and were not visited.
    ///
    /// @param before only of those whose last change stands before this
    void unvisited(long before, LongConsumer key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0 && marks[i] == 0 && Long.compareUnsigned(lsns[i], before) < 0) {
                key.accept(keys[i]);
            }
        }
    }

    /// Empties the table of all rows that were there when it was truncated.
    void truncate(long lsn) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0 && lsns[i] < lsn) {
                lsns[i] = lsn;
                marks[i] |= GONE;
            }
        }
    }

    /// Forgets deleted rows whose end is older than this, and gives room back.
    void forgetGone(long before) {
        resize(keys.length, before);
        int wanted = keys.length;
        while (wanted > FIRST_CAPACITY && 8L * size < wanted) {
            wanted /= 2;
        }
        if (wanted < keys.length) {
            resize(wanted, Long.MIN_VALUE);
        }
    }

    private void resize(int capacity, long goneBefore) {
        long[] oldKeys = keys;
        long[] oldLsns = lsns;
        long[] oldRows = rows;
        byte[] oldMarks = marks;
        keys = new long[capacity];
        lsns = new long[capacity];
        rows = new long[capacity];
        marks = new byte[capacity];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            boolean kept = (oldMarks[i] & GONE) == 0 || oldLsns[i] >= goneBefore;
            if (oldKeys[i] != 0 && kept) {
                size++;
                int mask = capacity - 1;
                int at = place(oldKeys[i], mask);
                while (keys[at] != 0) {
                    at = (at + 1) & mask;
                }
                keys[at] = oldKeys[i];
                lsns[at] = oldLsns[i];
                rows[at] = oldRows[i];
                marks[at] = oldMarks[i];
            }
        }
    }

    /// Forgets everything.
    void clear() {
        keys = new long[FIRST_CAPACITY];
        lsns = new long[FIRST_CAPACITY];
        rows = new long[FIRST_CAPACITY];
        marks = new byte[FIRST_CAPACITY];
        size = 0;
    }

    private static int place(long key, int mask) {
        return (int) (key ^ (key >>> 32)) & mask;
    }
}
