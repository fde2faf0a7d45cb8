package dev.darkroom.ingest.upload;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.schema.AssetSubmitted;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/// Submissions kept in a list, from a Kafka that can be away.
public final class RecordingSubmissions implements Submissions {
    private final List<AssetSubmitted> all = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    @Override
    public void submit(AssetSubmitted submission) {
        if (away) {
            throw new DependencyDown("Kafka is away", new TimeoutException("for a test"));
        }
        all.add(submission);
    }

    public List<AssetSubmitted> all() {
        return all;
    }

    public AssetSubmitted only() {
        if (all.size() != 1) {
            throw new AssertionError("not exactly one submission: " + all);
        }
        return all.getFirst();
    }

    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    void clear() {
        all.clear();
        away = false;
    }
}
