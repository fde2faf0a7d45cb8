package dev.darkroom.sync.files;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A few hundred finds of a walk, in order, in arrays that are used again and again.
final class Block {
    static final int ENTRIES = 512;
    private static final int NUMBERS = 6;

    private enum Kind {
        FILE,
        UNREADABLE,
        SKIPPED,
        VANISHED,
        MOUNT
    }

    private final Kind[] kinds = new Kind[ENTRIES];
    private final int[] ends = new int[ENTRIES];
    private final long[] numbers = new long[ENTRIES * NUMBERS];
    private final @Nullable Object[] words = new @Nullable Object[ENTRIES];
    private byte[] paths = new byte[ENTRIES * 64];
    private int count;

    boolean isFull() {
        return count == ENTRIES;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void clear() {
        Arrays.fill(words, 0, count, null);
        count = 0;
    }

    void file(byte[] folder, int folderLength, byte[] name, int from, int to, Look look) {
        add(Kind.FILE, folder, folderLength, name, from, to);
        int at = (count - 1) * NUMBERS;
        numbers[at] = look.size;
        numbers[at + 1] = look.modifiedMicros;
        numbers[at + 2] = look.changedMicros;
        numbers[at + 3] = look.device;
        numbers[at + 4] = look.inode;
        numbers[at + 5] = look.links;
    }

    void unreadable(byte[] folder, int folderLength, byte[] name, int from, int to, String reason) {
        add(Kind.UNREADABLE, folder, folderLength, name, from, to);
        words[count - 1] = reason;
    }

    void skipped(byte[] folder, int folderLength, byte[] name, int from, int to, Skipped why) {
        add(Kind.SKIPPED, folder, folderLength, name, from, to);
        words[count - 1] = why;
    }

    void vanished(byte[] folder, int folderLength, byte[] name, int from, int to) {
        add(Kind.VANISHED, folder, folderLength, name, from, to);
    }

    void mountPoint(byte[] folder, int folderLength, byte[] name, int from, int to, long device) {
        add(Kind.MOUNT, folder, folderLength, name, from, to);
        numbers[(count - 1) * NUMBERS] = device;
    }

    private void add(Kind kind, byte[] folder, int folderLength, byte[] name, int from, int to) {
        int at = count == 0 ? 0 : ends[count - 1];
        int end = at + folderLength + to - from;
        if (end > paths.length) {
            paths = Arrays.copyOf(paths, Math.max(end, paths.length * 2));
        }
        System.arraycopy(folder, 0, paths, at, folderLength);
        System.arraycopy(name, from, paths, at + folderLength, to - from);
        kinds[count] = kind;
        ends[count++] = end;
    }

    /// Tells everything to a visitor.
    ///
    /// @return false if the visitor ends the walk
    boolean tell(TreeVisitor visitor, Tally tally) throws InterruptedException {
        WalkedPath path = new WalkedPath();
        int from = 0;
        for (int i = 0; i < count; i++) {
            path.set(paths, from, ends[i]);
            from = ends[i];
            switch (kinds[i]) {
                case FILE -> {
                    tally.files++;
                    if (!visitor.file(path, stat(i * NUMBERS))) {
                        return false;
                    }
                }
                case UNREADABLE -> {
                    tally.unreadable++;
                    visitor.unreadable(path, String.valueOf(words[i]));
                }
                case SKIPPED -> {
                    tally.skipped++;
                    if (words[i] instanceof Skipped why) {
                        visitor.skipped(path, why);
                    }
                }
                case VANISHED -> {
                    tally.vanished++;
                    visitor.vanished(path);
                }
                case MOUNT -> visitor.mountPoint(path, numbers[i * NUMBERS]);
            }
        }
        return true;
    }

    private FileStat stat(int at) {
        return new FileStat(
                numbers[at],
                numbers[at + 1],
                numbers[at + 2],
                numbers[at + 3],
                numbers[at + 4],
                (int) numbers[at + 5]);
    }

    /// What has been told so far.
    static final class Tally {
        private long files;
        private long unreadable;
        private long skipped;
        private long vanished;

        WalkSummary summary(long folders, boolean complete) {
            return new WalkSummary(files, folders, unreadable, skipped, vanished, complete);
        }
    }
}
