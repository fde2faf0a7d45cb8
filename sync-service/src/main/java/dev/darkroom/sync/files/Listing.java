package dev.darkroom.sync.files;

import java.util.Arrays;

/// The names of one folder, in arrays: a folder of a hundred thousand files is a handful of
/// objects.
///
/// Each name is kept as its text, a folder's with a slash behind it, since that is how paths below
/// it go on; sorted so, a walk meets its files in the order of their whole paths' bytes.
final class Listing {
    private static final int FIRST_ENTRIES = 64;
    private static final int FIRST_BYTES = 2048;

    private byte[] names = new byte[FIRST_BYTES];
    private int[] starts = new int[FIRST_ENTRIES + 1];
    private EntryType[] types = new EntryType[FIRST_ENTRIES];
    private long[] keys = new long[FIRST_ENTRIES];
    private int count;

    /// Empties it, and gives room back that a huge folder needed.
    void clear() {
        if (names.length > 1 << 20) {
            names = new byte[FIRST_BYTES];
            starts = new int[FIRST_ENTRIES + 1];
            types = new EntryType[FIRST_ENTRIES];
            keys = new long[FIRST_ENTRIES];
        }
        count = 0;
    }

    int count() {
        return count;
    }

    /// Adds an entry by the bytes of its name.
    void add(byte[] name, int from, int to, EntryType type) {
        int end = starts[count];
        int room = end + (to - from) * PathText.GROWTH + 1;
        if (room > names.length) {
            names = Arrays.copyOf(names, Math.max(room, Math.multiplyExact(names.length, 2)));
        }
        if (count == types.length) {
            types = Arrays.copyOf(types, count * 2);
            starts = Arrays.copyOf(starts, count * 2 + 1);
            keys = new long[count * 2];
        }
        if (PathText.isPlain(name, from, to)) {
            System.arraycopy(name, from, names, end, to - from);
            end += to - from;
        } else {
            end = PathText.encode(name, from, to, names, end);
        }
        if (type == EntryType.FOLDER) {
            names[end++] = '/';
        }
        types[count++] = type;
        starts[count] = end;
    }

    /// The texts of all names; see `start` and `end`.
    byte[] names() {
        return names;
    }

    /// Where the text of the entry at a place of the order begins.
    int start(int place) {
        return starts[entry(place)];
    }

    /// Where the text of the entry at a place of the order ends, without a folder's slash.
    int end(int place) {
        int entry = entry(place);
        return types[entry] == EntryType.FOLDER ? starts[entry + 1] - 1 : starts[entry + 1];
    }

    EntryType type(int place) {
        return types[entry(place)];
    }

    private int entry(int place) {
        return (int) keys[place];
    }

    /// Puts the entries in order.
    ///
    /// Each gets a key: the bytes in which its name first differs from the others (names out of one
    /// camera all begin alike), and its number in the low half. Sorting longs does most of the
    /// work; only entries with equal keys are compared by their whole names.
    void sort() {
        int shared = sharedPrefix();
        for (int i = 0; i < count; i++) {
            keys[i] = (long) word(i, shared) << 32 | i;
        }
        Arrays.sort(keys, 0, count);
        int first = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || keys[i] >> 32 != keys[first] >> 32) {
                if (i - first > 1) {
                    sortByName(first, i, shared);
                }
                first = i;
            }
        }
    }

    private int sharedPrefix() {
        if (count == 0) {
            return 0;
        }
        int shared = starts[1];
        for (int i = 1; i < count && shared > 0; i++) {
            int differs =
                    Arrays.mismatch(
                            names,
                            0,
                            shared,
                            names,
                            starts[i],
                            Math.min(starts[i] + shared, starts[i + 1]));
            shared = differs < 0 ? shared : differs;
        }
        return shared;
    }

    /// Four bytes of a name as a signed number that sorts as they do.
    private int word(int entry, int skip) {
        int from = starts[entry] + skip;
        int to = starts[entry + 1];
        int word = 0;
        for (int i = from; i < from + 4; i++) {
            word = word << 8 | (i < to ? names[i] & 0xff : 0);
        }
        return word ^ Integer.MIN_VALUE;
    }

    /// Merge sort of entries whose keys are alike, bottom up; long runs do occur, as when every
    /// name begins with one of two years.
    private void sortByName(int from, int to, int skip) {
        long[] source = Arrays.copyOfRange(keys, from, to);
        long[] target = new long[source.length];
        for (int width = 1; width < source.length; width *= 2) {
            for (int left = 0; left < source.length; left += 2 * width) {
                int middle = Math.min(left + width, source.length);
                int right = Math.min(left + 2 * width, source.length);
                merge(source, target, left, middle, right, skip);
            }
            long[] swap = source;
            source = target;
            target = swap;
        }
        System.arraycopy(source, 0, keys, from, source.length);
    }

    private void merge(long[] source, long[] target, int left, int middle, int right, int skip) {
        int a = left;
        int b = middle;
        for (int i = left; i < right; i++) {
            boolean takeLeft =
                    b == right
                            || (a < middle && compare((int) source[a], (int) source[b], skip) <= 0);
            target[i] = takeLeft ? source[a++] : source[b++];
        }
    }

    private int compare(int one, int other, int skip) {
        return Arrays.compareUnsigned(
                names,
                starts[one] + skip,
                starts[one + 1],
                names,
                starts[other] + skip,
                starts[other + 1]);
    }
}
