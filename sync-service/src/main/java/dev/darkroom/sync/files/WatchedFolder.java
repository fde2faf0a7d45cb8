package dev.darkroom.sync.files;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A watched folder among the others. Each knows only its own name, so a folder that moves takes
/// everything below it along.
final class WatchedFolder {
    final int watch;
    private final Map<String, WatchedFolder> children = new HashMap<>(4);
    private @Nullable WatchedFolder parent;
    private String name = "";
    private final boolean root;

    private WatchedFolder(int watch, boolean root) {
        this.watch = watch;
        this.root = root;
    }

    static WatchedFolder root(int watch) {
        return new WatchedFolder(watch, true);
    }

    static WatchedFolder of(int watch) {
        return new WatchedFolder(watch, false);
    }

    boolean isRoot() {
        return root;
    }

    /// The folder of this name, if it is watched.
    @Nullable WatchedFolder child(String childName) {
        return children.get(childName);
    }

    /// Puts a folder below this one, away from where it was.
    void attach(String childName, WatchedFolder child) {
        child.detach();
        WatchedFolder before = children.put(childName, child);
        if (before != null) {
            before.parent = null;
        }
        child.name = childName;
        child.parent = this;
    }

    /// Takes this folder, with all below it, out of the tree.
    void detach() {
        if (parent != null) {
            parent.children.remove(name, this);
            parent = null;
        }
    }

    /// The text of its path, empty for the root; null if it is no longer below the root.
    @Nullable String path() {
        StringBuilder path = new StringBuilder();
        WatchedFolder folder = this;
        while (!folder.root) {
            if (folder.parent == null) {
                return null;
            }
            path.insert(0, path.isEmpty() ? folder.name : folder.name + '/');
            folder = folder.parent;
        }
        return path.toString();
    }

    /// This folder and all below it.
    void forEach(Consumer<WatchedFolder> action) {
        Deque<WatchedFolder> left = new ArrayDeque<>();
        left.add(this);
        while (!left.isEmpty()) {
            WatchedFolder folder = left.removeLast();
            left.addAll(folder.children.values());
            action.accept(folder);
        }
    }
}
