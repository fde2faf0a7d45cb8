package dev.darkroom.sync.folders.scan;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.PathState;
import dev.darkroom.sync.files.TreeWalk;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The folders of a repository in which other file systems are mounted.
///
/// When one is not mounted, its folder is there and empty. What lay in it is not gone.
public final class Mounts {
    private final Set<String> remembered;
    private final Map<String, PathState> mounted = new HashMap<>();
    private final Set<String> seen = new TreeSet<>();
    private Set<String> lost = Set.of();

    /// @param remembered those of the last walk
    public Mounts(Collection<String> remembered) {
        this.remembered = new TreeSet<>(remembered);
    }

    synchronized void seen(String folder) {
        seen.add(folder);
    }

    /// The walk has been everywhere: what it has not seen is not mounted.
    synchronized void complete(TreeWalk tree) {
        lost = new TreeSet<>(remembered);
        lost.removeAll(seen);
        mounted.clear();
        seen.forEach(folder -> mounted.put(folder, tree.look(new FilePath(folder))));
        remembered.addAll(seen);
        seen.clear();
    }

    /// Looks whether what was mounted at the last complete walk still is.
    synchronized void lookAgain(TreeWalk tree) {
        mounted.forEach(
                (folder, state) -> {
                    if (!tree.look(new FilePath(folder)).equals(state)) {
                        lost = new TreeSet<>(lost);
                        lost.add(folder);
                    }
                });
    }

    /// Remembered, and not mounted now.
    synchronized Set<String> lost() {
        return lost;
    }

    /// Somebody has confirmed that what is not mounted does not come back.
    public synchronized void forgetLost() {
        remembered.removeAll(lost);
        lost = Set.of();
    }

    synchronized boolean isLost(FilePath path) {
        return lost.stream().anyMatch(folder -> isInside(path, folder));
    }

    /// What to remember from now on.
    public synchronized Set<String> remembered() {
        return new TreeSet<>(remembered);
    }

    private static boolean isInside(FilePath path, String folder) {
        return path.text().equals(folder) || path.text().startsWith(folder + "/");
    }
}
