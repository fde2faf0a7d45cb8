package dev.darkroom.sync.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Keeps all that a walk tells.
class Walked implements TreeVisitor {
    final SequencedMap<String, FileStat> files = new LinkedHashMap<>();
    final SequencedMap<String, String> unreadable = new LinkedHashMap<>();
    final Map<String, Skipped> skipped = new LinkedHashMap<>();
    final List<String> vanished = new ArrayList<>();
    final List<String> mountPoints = new ArrayList<>();

    @Override
    public boolean file(WalkedPath path, FileStat stat) {
        files.put(path.text(), stat);
        return true;
    }

    @Override
    public void unreadable(WalkedPath path, String reason) {
        unreadable.put(path.text(), reason);
    }

    @Override
    public void skipped(WalkedPath path, Skipped why) {
        skipped.put(path.text(), why);
    }

    @Override
    public void vanished(WalkedPath path) {
        vanished.add(path.text());
    }

    @Override
    public void mountPoint(WalkedPath folder, long device) {
        mountPoints.add(folder.text());
    }

    List<String> paths() {
        return List.copyOf(files.sequencedKeySet());
    }

    FileStat stat(String path) {
        FileStat stat = files.get(path);
        if (stat == null) {
            throw new AssertionError("not told: " + path + " but " + files.keySet());
        }
        return stat;
    }
}
