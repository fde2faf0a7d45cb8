package dev.darkroom.sync.folders;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.Changes;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.Watch;
import dev.darkroom.sync.folders.records.WatchedRepository;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears what changes in one repository's folder, for as long as it can be watched, and starts
/// again when it could not. What cannot be watched is looked at from time to time instead.
final class FolderWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

    /// Changes that do not end are told about after so many times the quiet.
    private static final int LONGEST = 2;

    private final WatchedRepository repository;
    private final IgnoreRules rules;
    private final FolderProperties properties;
    private final Batch batch;
    private final Runnable rescan;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch firstScan = new CountDownLatch(1);
    private final Map<FilePath, String> unwatched =
            new TreeMap<>((a, b) -> a.text().compareTo(b.text()));
    private volatile String problem = "";
    private volatile String away = "";
    private volatile @Nullable Watch watch;
    private volatile boolean closed;

    /// Takes paths that may have changed.
    interface Batch {
        void changed(Set<FilePath> paths) throws InterruptedException;
    }

    FolderWatch(
            WatchedRepository repository,
            IgnoreRules rules,
            FolderProperties properties,
            Batch batch,
            Runnable rescan) {
        this.repository = repository;
        this.rules = rules;
        this.properties = properties;
        this.batch = batch;
        this.rescan = rescan;
    }

    /// What cannot be watched, or an empty text.
    String problem() {
        return problem;
    }

    /// Whether this reason for which the folder is away was told before.
    boolean isKnownAway(String reason) {
        boolean known = away.equals(reason);
        away = reason;
        return known;
    }

    /// Waits until changes are heard, so that a scan that begins then misses none.
    boolean awaitStart(Duration time) throws InterruptedException {
        return started.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What the first scan has written can be compared with from now on.
    void firstScanIsOver() {
        firstScan.countDown();
    }

    /// Watches until it is interrupted.
    void run() throws InterruptedException {
        while (!closed) {
            try (Watch now =
                    Watch.start(
                            repository.root(),
                            rules,
                            properties.quiet(),
                            properties.quiet().multipliedBy(LONGEST))) {
                watch = now;
                unwatched.clear();
                problem = "";
                away = "";
                boolean again = started.getCount() == 0;
                started.countDown();
                if (again) {
                    rescan.run();
                }
                firstScan.await();
                listen(now);
            } catch (IOException e) {
                problem = "not watched: " + e.getMessage();
            }
            started.countDown();
            TimeUnit.MILLISECONDS.sleep(properties.unwatchedInterval().toMillis());
        }
    }

    /// @throws InterruptedException at the end
    private void listen(Watch now) throws InterruptedException {
        while (true) {
            Optional<Changes> news =
                    unwatched.isEmpty()
                            ? Optional.of(now.take())
                            : now.poll(properties.unwatchedInterval());
            if (news.isEmpty()) {
                batch.changed(Set.copyOf(unwatched.keySet()));
                continue;
            }
            Changes changes = news.get();
            note(changes);
            if (changes.everything()) {
                rescan.run();
            }
            Set<FilePath> paths = new HashSet<>(changes.folders());
            paths.addAll(changes.files());
            if (!paths.isEmpty()) {
                batch.changed(paths);
            }
            if (changes.ended().isPresent()) {
                problem = "not watched: " + changes.ended().get();
                rescan.run();
                return;
            }
        }
    }

    private void note(Changes changes) {
        changes.unwatched().forEach(folder -> unwatched.put(folder.folder(), folder.reason()));
        if (changes.unwatched().isEmpty() && changes.limit().isEmpty()) {
            return;
        }
        problem =
                changes.limit()
                                .map(limit -> limit.message())
                                .orElseGet(
                                        () ->
                                                "not watched: "
                                                        + unwatched.entrySet().stream()
                                                                .limit(3)
                                                                .map(
                                                                        e ->
                                                                                e.getKey()
                                                                                        + " ("
                                                                                        + e
                                                                                                .getValue()
                                                                                        + ")")
                                                                .collect(Collectors.joining(", ")))
                        + "; looked at every "
                        + properties.unwatchedInterval().toSeconds()
                        + " s instead";
        log.atWarn()
                .addKeyValue("repository", repository.id())
                .addKeyValue("reason", problem)
                .log("folders are scanned instead of watched");
    }

    @Override
    public void close() {
        closed = true;
        Watch open = watch;
        if (open != null) {
            open.close();
        }
    }
}
