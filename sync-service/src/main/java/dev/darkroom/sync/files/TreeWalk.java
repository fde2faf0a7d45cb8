package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a folder and everything below it in the order of the paths' bytes, which is the order of
/// `order by file_path collate "C"`: both can be merged like two sorted lists.
///
/// It holds the names of one folder for each level, never those of the whole tree. It follows bind
/// mounts, other file systems too, but no symbolic link. Can be used by several threads at once.
public final class TreeWalk {
    private static final byte[] ROOT = {};

    /// Which way a folder is read.
    enum Way {
        LINUX,
        PORTABLE
    }

    private final Path root;
    private final IgnoreRules rules;
    private final Way way;

    private TreeWalk(Path root, IgnoreRules rules, Way way) {
        this.root = root.toAbsolutePath();
        this.rules = rules;
        this.way = way;
    }

    /// Reads in the best way that this system has.
    public static TreeWalk of(Path root, IgnoreRules rules) {
        return new TreeWalk(root, rules, Libc.isAvailable() ? Way.LINUX : Way.PORTABLE);
    }

    static TreeWalk of(Path root, IgnoreRules rules, Way way) {
        return new TreeWalk(root, rules, way);
    }

    /// Walks the whole tree. A second thread reads ahead while the visitor works.
    ///
    /// A root that cannot be read, or is not there, is told as unreadable, with an empty path.
    public WalkSummary walk(TreeVisitor visitor) throws InterruptedException {
        return new ReadAhead(this::read, root).walk(visitor);
    }

    /// Walks one folder and everything below it, on this thread. A folder that is not there is told
    /// as vanished, one that is ignored not at all.
    public WalkSummary walk(FilePath folder, TreeVisitor visitor) throws InterruptedException {
        return inline(bytes(folder), true, visitor);
    }

    /// Walks the files of one folder, but not the folders in it.
    ///
    /// @param folder null is the root
    public WalkSummary walkFilesOf(@Nullable FilePath folder, TreeVisitor visitor)
            throws InterruptedException {
        return inline(folder == null ? ROOT : bytes(folder), false, visitor);
    }

    /// Looks at one path, without asking the rules.
    public PathState look(FilePath path) {
        byte[] text = bytes(path);
        int slash = text.length;
        while (slash > 0 && text[slash - 1] != '/') {
            slash--;
        }
        try (Arena arena = Arena.ofConfined()) {
            OpenFolder folder = openRoot(arena);
            try {
                int from = 0;
                while (from < slash) {
                    int to = from;
                    while (text[to] != '/') {
                        to++;
                    }
                    OpenFolder above = folder;
                    folder = above.open(text, from, to);
                    above.close();
                    from = to + 1;
                }
                Look look = new Look();
                folder.look(text, slash, text.length, look);
                return switch (look.type) {
                    case FILE -> new PathState.File(look.stat());
                    case FOLDER -> new PathState.Folder(look.device, look.inode);
                    case LINK, SPECIAL -> new PathState.Other();
                };
            } finally {
                folder.close();
            }
        } catch (NoSuchFileException | OpenFolder.NotAFolder _) {
            return new PathState.Missing();
        } catch (IOException failure) {
            return new PathState.Unreadable(Walker.reason(failure));
        }
    }

    private WalkSummary inline(byte[] start, boolean recursive, TreeVisitor visitor)
            throws InterruptedException {
        Block.Tally tally = new Block.Tally();
        boolean[] complete = {true};
        long folders =
                read(
                        start,
                        recursive,
                        new Block(),
                        full -> {
                            complete[0] = full.tell(visitor, tally);
                            full.clear();
                            return complete[0] ? full : null;
                        });
        return tally.summary(folders, complete[0]);
    }

    /// Reads on this thread.
    ///
    /// @return how many folders were read
    private long read(byte[] start, boolean recursive, Block first, Walker.Sink sink)
            throws InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            OpenFolder folder;
            Path realRoot;
            try {
                folder = openRoot(arena);
                realRoot = root.toRealPath();
            } catch (IOException failure) {
                first.unreadable(ROOT, 0, ROOT, 0, 0, rootReason(failure));
                sink.pass(first);
                return 0;
            }
            try {
                Walker walker = new Walker(folder, realRoot, rules, recursive, first, sink);
                walker.run(start);
                return walker.folders();
            } finally {
                folder.close();
            }
        }
    }

    private OpenFolder openRoot(Arena arena) throws IOException {
        return switch (way) {
            case LINUX -> LinuxFolder.root(new LinuxFolder.Memory(arena), root);
            case PORTABLE -> NioFolder.root(root);
        };
    }

    private static String rootReason(IOException failure) {
        return failure instanceof NoSuchFileException
                ? "no such file or folder"
                : Walker.reason(failure);
    }

    private static byte[] bytes(FilePath path) {
        return path.text().getBytes(StandardCharsets.UTF_8);
    }
}
