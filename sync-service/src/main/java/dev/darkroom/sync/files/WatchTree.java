package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which folders are watched and what they are called now; turns the system's events into dirt.
///
/// A folder is watched before its names are read, and whoever takes the dirt walks a new folder
/// afterwards: a file is found by that walk, or an event tells of it, or both.
final class WatchTree {
    private static final Path SYSCTL = Path.of("/proc/sys/fs/inotify/max_user_watches");
    private static final Path USER_SYSCTL = Path.of("/proc/sys/user/max_inotify_watches");

    /// How long the second half of a move may be late.
    private static final Duration MOVE = Duration.ofMillis(500);

    /// What has left a folder and may turn up in another.
    private record Leaving(String from, @Nullable WatchedFolder folder, long since) {}

    private final Path root;
    private final IgnoreRules rules;
    private final Inotify inotify;
    private final Map<Integer, List<WatchedFolder>> watches = new HashMap<>();
    private final Map<Integer, Leaving> leaving = new HashMap<>();
    private @Nullable WatchedFolder top;
    private Set<String> mounts;
    private long device;
    private long inode;
    private int refused;
    private Dirt dirt = new Dirt();
    private boolean missed;
    private boolean touched;

    WatchTree(Path root, IgnoreRules rules, Inotify inotify) throws IOException {
        this.root = root;
        this.rules = rules;
        this.inotify = inotify;
        mounts = Mounts.around(root);
        cover("");
        if (top == null) {
            throw new IOException(
                    "the folder cannot be watched: " + root + ": " + dirt.end().orElse(""));
        }
    }

    /// How many folders are watched.
    int size() {
        return watches.size();
    }

    Dirt dirt() {
        return dirt;
    }

    /// What was collected, and begins anew.
    Dirt takeDirt() {
        Dirt taken = dirt;
        dirt = new Dirt();
        return taken;
    }

    /// Whether anything happened since this was last asked.
    boolean wasTouched() {
        boolean was = touched;
        touched = false;
        return was;
    }

    /// Whether a folder has gone and it is not yet known to where.
    boolean isWaiting() {
        return !leaving.isEmpty();
    }

    /// Takes one event.
    void event(int watch, int mask, int cookie, String name) {
        if ((mask & Inotify.OVERFLOW) != 0) {
            missed = true;
            return;
        }
        List<WatchedFolder> folders = watches.get(watch);
        if (folders == null) {
            return;
        }
        for (WatchedFolder folder : List.copyOf(folders)) {
            String path = folder.path();
            // What happens in a folder on its way is seen when it is walked where it arrives.
            if (path != null) {
                if (name.isEmpty()) {
                    itself(folder, path, mask);
                } else {
                    String entry = path.isEmpty() ? name : path + '/' + name;
                    if ((mask & Inotify.IS_FOLDER) != 0) {
                        folderIn(folder, name, entry, mask, cookie);
                    } else {
                        fileIn(entry, mask, cookie);
                    }
                }
            }
        }
        if ((mask & Inotify.IGNORED) != 0) {
            folders.forEach(WatchedFolder::detach);
            watches.remove(watch);
        }
    }

    /// After the events that were there: makes good what was missed, and lets go of what has left.
    void settle() {
        if (missed) {
            missed = false;
            touched = true;
            dirt.everything();
            cover("");
        }
        long now = System.nanoTime();
        Iterator<Leaving> each = leaving.values().iterator();
        while (each.hasNext()) {
            Leaving gone = each.next();
            if (now - gone.since >= MOVE.toNanos()) {
                each.remove();
                if (gone.folder != null && gone.folder.path() == null) {
                    gone.folder.forEach(this::forget);
                }
            }
        }
    }

    /// Something was mounted or unmounted somewhere: nothing in the folders themselves tells.
    void mountsChanged() throws IOException {
        Set<String> now = Mounts.around(root);
        if (now.equals(mounts)) {
            return;
        }
        mounts = now;
        touched = true;
        dirt.everything();
        cover("");
    }

    private void itself(WatchedFolder folder, String path, int mask) {
        boolean gone = (mask & (Inotify.DELETE_SELF | Inotify.IGNORED)) != 0;
        if (folder.isRoot()) {
            if ((mask & Inotify.UNMOUNT) != 0) {
                end("its file system was unmounted: " + root);
            } else if (gone || (mask & Inotify.MOVE_SELF) != 0) {
                end("the folder was removed or renamed: " + root);
            } else if ((mask & Inotify.ATTRIB) != 0) {
                touched = true;
                dirt.everything();
            }
        } else if ((mask & Inotify.UNMOUNT) != 0) {
            touched = true;
            dirt.unwatched(path, "its file system was unmounted");
            // What lies beneath the mount says nothing about what was in it.
            folder.detach();
        } else if (gone) {
            touched = true;
            dirt.folder(path);
        }
    }

    private void end(String reason) {
        touched = true;
        dirt.ended(reason);
    }

    private void folderIn(WatchedFolder folder, String name, String path, int mask, int cookie) {
        boolean ignored = rules.ignoresEntry(path, true);
        if ((mask & (Inotify.MOVED_FROM | Inotify.DELETE)) != 0) {
            WatchedFolder child = folder.child(name);
            if (child != null) {
                child.detach();
            }
            if ((mask & Inotify.MOVED_FROM) != 0) {
                leaving.put(cookie, new Leaving(path, child, System.nanoTime()));
            }
            if (!ignored) {
                touched = true;
                dirt.folder(path);
            }
            return;
        }
        if (ignored) {
            return;
        }
        Leaving moved = (mask & Inotify.MOVED_TO) == 0 ? null : leaving.remove(cookie);
        if (moved != null) {
            dirt.moved(moved.from, path, true);
            if (moved.folder != null && moved.folder.path() == null) {
                folder.attach(name, moved.folder);
            }
        }
        if ((mask & (Inotify.CREATE | Inotify.MOVED_TO | Inotify.ATTRIB)) != 0) {
            touched = true;
            dirt.folder(path);
            cover(path);
        }
    }

    private void fileIn(String path, int mask, int cookie) {
        if ((mask & Inotify.MOVED_FROM) != 0) {
            leaving.put(cookie, new Leaving(path, null, System.nanoTime()));
        }
        if (rules.ignoresEntry(path, false)) {
            return;
        }
        touched = true;
        if ((mask & Inotify.MOVED_TO) != 0) {
            Leaving moved = leaving.remove(cookie);
            if (moved != null && !rules.ignoresEntry(moved.from, false)) {
                dirt.moved(moved.from, path, false);
            }
        }
        // Who moves a file into place has finished it, usually.
        if ((mask & (Inotify.CLOSE_WRITE | Inotify.MOVED_TO)) != 0) {
            dirt.closed(path);
        } else {
            dirt.file(path);
        }
    }

    /// Watches a folder and everything below it, as far as it is not watched already.
    private void cover(String path) {
        int before = refused;
        try (Arena arena = Arena.ofConfined();
                OpenFolder folder = LinuxFolder.root(new LinuxFolder.Memory(arena), root)) {
            if (top != null && (folder.inode() != inode || folder.device() != device)) {
                end("another folder is in its place, something was mounted or unmounted: " + root);
                return;
            }
            device = folder.device();
            inode = folder.inode();
            Walker walker =
                    new Walker(
                            folder,
                            root,
                            rules,
                            true,
                            new Block(),
                            block -> {
                                block.tell(new Unreadable(), new Block.Tally());
                                block.clear();
                                return block;
                            });
            walker.listen(this::entering);
            walker.run(path.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            end("the folder cannot be read: " + root + ": " + Walker.reason(failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end("the watch was interrupted: " + root);
        }
        if (refused > before) {
            dirt.limit(limit());
        }
    }

    /// What a walk of folders finds in the way.
    private final class Unreadable implements TreeVisitor {
        @Override
        public boolean file(WalkedPath path, FileStat stat) {
            return true;
        }

        @Override
        public void unreadable(WalkedPath path, String reason) {
            touched = true;
            if (path.length() > 0) {
                dirt.unwatched(path.text(), reason);
            }
        }
    }

    private boolean entering(OpenFolder folder, byte[] bytes, int length) {
        String path = new String(bytes, 0, length, StandardCharsets.UTF_8);
        try {
            register(inotify.add(folder), path, folder);
            return true;
        } catch (Inotify.LimitReached limit) {
            refused++;
            refuse(path, "limit reached: " + limit.getMessage());
        } catch (IOException failure) {
            refuse(path, Walker.reason(failure));
        }
        return false;
    }

    private void refuse(String path, String reason) {
        touched = true;
        if (path.isEmpty()) {
            dirt.ended(reason);
        } else {
            dirt.unwatched(path, reason);
        }
    }

    private void register(int watch, String path, OpenFolder folder) {
        List<WatchedFolder> same = watches.computeIfAbsent(watch, _ -> new ArrayList<>(1));
        if (path.isEmpty()) {
            if (same.isEmpty()) {
                top = WatchedFolder.root(watch);
                same.add(top);
            }
            return;
        }
        int slash = path.lastIndexOf('/');
        WatchedFolder parent = find(path.substring(0, Math.max(slash, 0)));
        if (parent == null) {
            return;
        }
        String name = path.substring(slash + 1);
        for (WatchedFolder known : same) {
            String knownPath = known.path();
            if (path.equals(knownPath)) {
                return;
            }
            // Moved, and the event is still to come; or in two places, through a bind mount.
            if (knownPath == null || !isThere(knownPath, folder)) {
                parent.attach(name, known);
                return;
            }
        }
        WatchedFolder added = WatchedFolder.of(watch);
        same.add(added);
        parent.attach(name, added);
    }

    private boolean isThere(String path, OpenFolder folder) {
        return path.isEmpty()
                || (TreeWalk.of(root, rules).look(new FilePath(path))
                                instanceof PathState.Folder(long itsDevice, long itsInode)
                        && itsDevice == folder.device()
                        && itsInode == folder.inode());
    }

    private @Nullable WatchedFolder find(String path) {
        WatchedFolder folder = top;
        if (path.isEmpty()) {
            return folder;
        }
        for (String name : path.split("/", -1)) {
            folder = folder == null ? null : folder.child(name);
        }
        return folder;
    }

    /// Watches a folder no longer, unless it is also somewhere else.
    private void forget(WatchedFolder folder) {
        List<WatchedFolder> same = watches.get(folder.watch);
        if (same != null) {
            same.remove(folder);
            if (same.isEmpty()) {
                watches.remove(folder.watch);
                inotify.remove(folder.watch);
            }
        }
    }

    private WatchLimitReached limit() {
        long allowed = number(SYSCTL);
        long ofUser = number(USER_SYSCTL);
        boolean userIsLess = ofUser >= 0 && (allowed < 0 || ofUser < allowed);
        return userIsLess
                ? new WatchLimitReached("user.max_inotify_watches", ofUser, size(), refused)
                : new WatchLimitReached("fs.inotify.max_user_watches", allowed, size(), refused);
    }

    private static long number(Path sysctl) {
        try {
            return Long.parseLong(Files.readString(sysctl).trim());
        } catch (IOException | NumberFormatException _) {
            // Not every system shows it; the limit is there all the same.
            return -1;
        }
    }
}
