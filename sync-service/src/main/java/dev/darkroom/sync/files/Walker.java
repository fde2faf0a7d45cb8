package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One walk, on the thread that reads. Its stack holds the names of the folders between the start
/// and where it is, and no more than a few dozen of them open, however deep the tree is.
final class Walker {
    /// Takes full blocks and gives empty ones.
    interface Sink {
        /// Passes a block on.
        ///
        /// @return the next one to fill; null ends the walk
        @Nullable Block pass(Block full) throws InterruptedException;
    }

    /// Is told each folder before its names are read.
    interface FolderListener {
        /// Takes a folder.
        ///
        /// @param path the text of its path, up to `length`
        /// @return whether to go on below it
        boolean entering(OpenFolder folder, byte[] path, int length);
    }

    /// A folder on the way from the start to where the walk is.
    private static final class Level {
        final Listing listing = new Listing();
        @Nullable OpenFolder folder;
        int pathLength;
        int next;
        long device;
        long inode;
    }

    private static final int OPEN_FOLDERS = 32;
    private static final byte[] NO_NAME = {};
    private static final byte[] SELF = {'.'};

    private final OpenFolder root;
    private final Path realRoot;
    private final IgnoreRules rules;
    private final boolean recursive;
    private final Sink sink;
    private final List<Level> levels = new ArrayList<>();
    private final Look look = new Look();
    private byte[] path = new byte[512];
    private int depth;
    private long folders;
    private Block block;
    private boolean ended;
    private @Nullable FolderListener foldersOnly;

    Walker(
            OpenFolder root,
            Path realRoot,
            IgnoreRules rules,
            boolean recursive,
            Block first,
            Sink sink) {
        this.root = root;
        this.realRoot = realRoot;
        this.rules = rules;
        this.recursive = recursive;
        this.block = first;
        this.sink = sink;
    }

    /// Makes this a walk of folders, which does not look at files.
    void listen(FolderListener listener) {
        foldersOnly = listener;
    }

    /// How many folders have been read.
    long folders() {
        return folders;
    }

    /// Walks the folder with this text, and below it.
    void run(byte[] start) throws InterruptedException {
        try {
            OpenFolder folder = descend(start, start.length);
            if (folder != null) {
                append(0, start, 0, start.length);
                push(folder, start.length);
                while (depth > 0 && !ended) {
                    step(levels.get(depth - 1));
                }
            }
            if (!ended && !block.isEmpty()) {
                sink.pass(block);
            }
        } finally {
            while (depth > 0) {
                closeFolder(levels.get(--depth));
            }
        }
    }

    /// Opens a folder from the root on, telling what is in the way.
    private @Nullable OpenFolder descend(byte[] text, int length) throws InterruptedException {
        if (rules.ignoresFolder(text, length)) {
            return null;
        }
        int[] reached = {0};
        try {
            return open(text, length, reached);
        } catch (NoSuchFileException | OpenFolder.NotAFolder _) {
            makeRoom();
            block.vanished(text, length, NO_NAME, 0, 0);
        } catch (IOException failure) {
            makeRoom();
            block.unreadable(text, reached[0], NO_NAME, 0, 0, reason(failure));
        }
        return null;
    }

    /// Opens a folder by its whole path.
    ///
    /// @param reached becomes the length of the path that was tried last
    private OpenFolder open(byte[] text, int length, int[] reached) throws IOException {
        OpenFolder folder = root.open(SELF, 0, SELF.length);
        int from = 0;
        while (from < length) {
            int to = from;
            while (to < length && text[to] != '/') {
                to++;
            }
            reached[0] = to;
            try (OpenFolder above = folder) {
                folder = above.open(text, from, to);
            }
            from = to + 1;
        }
        return folder;
    }

    private void push(OpenFolder folder, int pathLength) throws InterruptedException {
        if (depth == levels.size()) {
            levels.add(new Level());
        }
        Level level = levels.get(depth++);
        if (depth > OPEN_FOLDERS) {
            closeFolder(levels.get(depth - 1 - OPEN_FOLDERS));
        }
        int prefix = pathLength == 0 ? 0 : append(pathLength, new byte[] {'/'}, 0, 1);
        level.folder = folder;
        level.device = folder.device();
        level.inode = folder.inode();
        level.pathLength = prefix;
        level.next = 0;
        level.listing.clear();
        if (foldersOnly != null && !foldersOnly.entering(folder, path, pathLength)) {
            return;
        }
        folders++;
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            folder.list(level.listing);
        } catch (NoSuchFileException _) {
            // Removed while open: what it still lists is what is left of it, nothing.
        } catch (IOException failure) {
            makeRoom();
            block.unreadable(path, pathLength, NO_NAME, 0, 0, reason(failure));
        }
        level.listing.sort();
    }

    private void step(Level level) throws InterruptedException {
        Listing listing = level.listing;
        if (level.next == listing.count()) {
            pop(level);
            return;
        }
        OpenFolder folder = level.folder;
        if (folder == null) {
            throw new IllegalStateException("a folder is open while its entries are told");
        }
        int place = level.next++;
        byte[] names = listing.names();
        int from = listing.start(place);
        int to = listing.end(place);
        EntryType type = listing.type(place);
        makeRoom();
        if (foldersOnly != null && type != EntryType.FOLDER) {
            return;
        }
        if (rules.ignores(path, level.pathLength, names, from, to, type == EntryType.FOLDER)) {
            block.skipped(path, level.pathLength, names, from, to, Skipped.IGNORED);
            return;
        }
        if (level.pathLength + to - from > FilePath.MAX_BYTES) {
            block.skipped(path, level.pathLength, names, from, to, Skipped.PATH_TOO_LONG);
            return;
        }
        switch (type) {
            case FILE -> file(level, folder, names, from, to);
            case FOLDER -> {
                if (recursive) {
                    enter(level, folder, names, from, to);
                }
            }
            case LINK ->
                    block.skipped(
                            path, level.pathLength, names, from, to, link(folder, names, from, to));
            case SPECIAL -> block.skipped(path, level.pathLength, names, from, to, Skipped.SPECIAL);
        }
    }

    private void file(Level level, OpenFolder folder, byte[] names, int from, int to) {
        try {
            folder.look(names, from, to, look);
            if (look.type == EntryType.FILE) {
                block.file(path, level.pathLength, names, from, to, look);
            } else {
                // Something else has this name now.
                block.vanished(path, level.pathLength, names, from, to);
            }
        } catch (NoSuchFileException _) {
            block.vanished(path, level.pathLength, names, from, to);
        } catch (IOException failure) {
            block.unreadable(path, level.pathLength, names, from, to, reason(failure));
        }
    }

    private void enter(Level level, OpenFolder folder, byte[] names, int from, int to)
            throws InterruptedException {
        OpenFolder inner;
        try {
            inner = folder.open(names, from, to);
        } catch (NoSuchFileException | OpenFolder.NotAFolder _) {
            block.vanished(path, level.pathLength, names, from, to);
            return;
        } catch (IOException failure) {
            block.unreadable(path, level.pathLength, names, from, to, reason(failure));
            return;
        }
        if (isAbove(inner)) {
            inner.close();
            block.skipped(path, level.pathLength, names, from, to, Skipped.MOUNT_LOOP);
            return;
        }
        if (inner.isMountPoint()) {
            block.mountPoint(path, level.pathLength, names, from, to, inner.device());
            makeRoom();
        }
        push(inner, append(level.pathLength, names, from, to));
    }

    private boolean isAbove(OpenFolder folder) {
        for (int i = 0; i < depth; i++) {
            Level level = levels.get(i);
            if (level.inode == folder.inode() && level.device == folder.device()) {
                return true;
            }
        }
        return root.inode() == folder.inode() && root.device() == folder.device();
    }

    private void pop(Level done) throws InterruptedException {
        depth--;
        if (depth > 0) {
            Level above = levels.get(depth - 1);
            if (above.folder == null) {
                above.folder = reopen(above, done.folder);
                if (above.folder == null && above.next < above.listing.count()) {
                    makeRoom();
                    block.unreadable(
                            path,
                            Math.max(0, above.pathLength - 1),
                            NO_NAME,
                            0,
                            0,
                            "it was moved while the walk was below it");
                    above.next = above.listing.count();
                }
            }
        }
        closeFolder(done);
    }

    /// Opens a folder again that was closed because the walk went deep; from below, or by its path.
    private @Nullable OpenFolder reopen(Level level, @Nullable OpenFolder below) {
        OpenFolder same = null;
        try {
            if (below != null) {
                same = sameOrNull(below.openParent(), level);
            }
            if (same == null) {
                same = sameOrNull(open(path, Math.max(0, level.pathLength - 1), new int[1]), level);
            }
        } catch (IOException _) {
            // The caller tells that it is lost.
            return null;
        }
        return same;
    }

    private @Nullable OpenFolder sameOrNull(@Nullable OpenFolder folder, Level level) {
        if (folder != null && (folder.inode() != level.inode || folder.device() != level.device)) {
            folder.close();
            return null;
        }
        return folder;
    }

    private void closeFolder(Level level) {
        OpenFolder folder = level.folder;
        if (folder != null) {
            folder.close();
        }
        level.folder = null;
    }

    private Skipped link(OpenFolder folder, byte[] names, int from, int to) {
        Path link = folder.pathOf(names, from, to);
        try {
            Path target = link.toRealPath();
            if (!target.startsWith(realRoot)) {
                return realRoot.startsWith(target) ? Skipped.LINK_LOOP : Skipped.LINK_OUTSIDE;
            }
            Path parent = link.resolveSibling(".").toRealPath();
            return parent.startsWith(target) ? Skipped.LINK_LOOP : Skipped.LINK_INSIDE;
        } catch (NoSuchFileException _) {
            return Skipped.LINK_BROKEN;
        } catch (IOException e) {
            // Too many links on the way is how the system says that they go in circles.
            return String.valueOf(e.getMessage()).contains("ymbolic link")
                    ? Skipped.LINK_LOOP
                    : Skipped.LINK_BROKEN;
        }
    }

    private void makeRoom() throws InterruptedException {
        if (block.isFull()) {
            Block next = sink.pass(block);
            if (next == null) {
                ended = true;
                block.clear();
            } else {
                block = next;
            }
        }
    }

    /// Writes a part of the path where the walk is.
    ///
    /// @return where it ends
    private int append(int at, byte[] part, int from, int to) {
        int end = at + to - from;
        if (end > path.length) {
            path = Arrays.copyOf(path, Math.max(end, path.length * 2));
        }
        System.arraycopy(part, from, path, at, to - from);
        return end;
    }

    static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
