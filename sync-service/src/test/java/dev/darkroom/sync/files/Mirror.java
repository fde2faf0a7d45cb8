package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Knows the files of a tree by looking only where a watch tells it to.
final class Mirror {
    private final TreeWalk tree;
    private final TreeSet<String> files = new TreeSet<>();
    private int wholeScans;

    Mirror(Path root) {
        tree = TreeWalk.of(root, IgnoreRules.builtIn());
    }

    Set<String> files() {
        return files;
    }

    int wholeScans() {
        return wholeScans;
    }

    void look(@Nullable Changes changes) throws InterruptedException {
        if (changes == null) {
            return;
        }
        Walked walked = new Walked();
        if (changes.everything()) {
            wholeScans++;
            files.clear();
            tree.walk(walked);
        }
        for (FilePath folder : changes.folders()) {
            files.removeIf(
                    file -> file.equals(folder.text()) || file.startsWith(folder.text() + "/"));
            tree.walk(folder, walked);
        }
        for (FilePath file : changes.files()) {
            if (tree.look(file) instanceof PathState.File) {
                files.add(file.text());
            } else {
                files.remove(file.text());
            }
        }
        files.addAll(walked.files.keySet());
    }
}
