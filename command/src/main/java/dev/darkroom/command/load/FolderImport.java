package dev.darkroom.command.load;

import dev.darkroom.command.CommandFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One run of `import`: a folder's files go out, at most a window of them on their way, and each is
/// followed to its outcome.
///
/// Memory does not grow with the folder. [#run()] is for one thread, [#stop()] for any.
public final class FolderImport {
    private static final int WALKED_AHEAD = 1_000;
    private static final int WINDOW = 500;
    private static final int EARLY_KEPT = 10_000;
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Path root;
    private final Submitter submitter;
    private final Outcomes outcomes;
    private final ImportListener listener;
    private final Duration patience;
    private final BooleanSupplier systemIsAlive;

    private final BlockingQueue<Found> walked = new ArrayBlockingQueue<>(WALKED_AHEAD);
    private final AtomicBoolean walkEnded = new AtomicBoolean();
    private final AtomicReference<@Nullable IOException> walkFailure = new AtomicReference<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Queue<Handover> handedOver = new ConcurrentLinkedQueue<>();
    private final Map<UUID, Path> waiting = new HashMap<>();
    private final Map<UUID, Outcome> early = new Recent();
    private final Tally tally = new Tally();
    private int onTheirWay;
    private Instant lastNews = Instant.now();

    /// The end of one submission: an id, or what went wrong.
    private record Handover(Path path, @Nullable UUID assetId, @Nullable Throwable failure) {}

    /// @param patience how long nothing may be heard before the run ends without the rest
    /// @param systemIsAlive asked when nothing is heard
    FolderImport(
            Path root,
            Submitter submitter,
            Outcomes outcomes,
            ImportListener listener,
            Duration patience,
            BooleanSupplier systemIsAlive) {
        this.root = root;
        this.submitter = submitter;
        this.outcomes = outcomes;
        this.listener = listener;
        this.patience = patience;
        this.systemIsAlive = systemIsAlive;
    }

    /// Imports everything.
    ///
    /// @throws CommandFailed when the system cannot take files
    ImportResult run() throws IOException {
        Instant begun = Instant.now();
        Thread walker = Thread.ofVirtual().name("walk").start(this::walk);
        try {
            while (!isFinished()) {
                submitMore();
                settle();
                int heard = outcomes.poll(canSubmit() ? Duration.ZERO : LOOK, this::hear);
                listener.progress(tally, waiting.size() + onTheirWay);
                if (heard == 0 && hasLostPatience()) {
                    break;
                }
            }
        } finally {
            stopping.set(true);
            walker.interrupt();
        }
        IOException failure = walkFailure.get();
        if (failure != null) {
            throw failure;
        }
        return new ImportResult(
                tally, waiting.size() + onTheirWay, Duration.between(begun, Instant.now()));
    }

    /// Ends the run soon: nothing more is submitted, what was submitted goes its way.
    void stop() {
        stopping.set(true);
    }

    private boolean isFinished() {
        if (stopping.get()) {
            // What is half handed over gets to the end, so that its number can be told.
            return onTheirWay == 0;
        }
        return walkEnded.get() && walked.isEmpty() && onTheirWay == 0 && waiting.isEmpty();
    }

    private boolean canSubmit() {
        return !stopping.get() && !walked.isEmpty() && onTheirWay + waiting.size() < WINDOW;
    }

    private void walk() {
        try {
            new FolderWalk(root).run(this::offer);
        } catch (IOException e) {
            walkFailure.set(e);
        } finally {
            walkEnded.set(true);
        }
    }

    private boolean offer(Found found) {
        try {
            walked.put(found);
            return !stopping.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void submitMore() {
        while (canSubmit()) {
            switch (walked.remove()) {
                case Found.Media file -> submit(file);
                case Found.NoMedia(Path path) -> {
                    tally.skip(path);
                    listener.skipped(path);
                }
                case Found.Unreadable(Path path, String reason) -> {
                    tally.unreadable(path, reason);
                    listener.unreadable(path, reason);
                }
            }
        }
    }

    private void submit(Found.Media file) {
        onTheirWay++;
        lastNews = Instant.now();
        var _ =
                submitter
                        .submit(file)
                        .whenComplete(
                                (id, failure) ->
                                        handedOver.add(new Handover(file.path(), id, failure)));
    }

    private void settle() {
        for (Handover next = handedOver.poll(); next != null; next = handedOver.poll()) {
            onTheirWay--;
            if (next.assetId() == null) {
                fail(next);
                continue;
            }
            waiting.put(next.assetId(), next.path());
            Outcome known = early.remove(next.assetId());
            if (known != null) {
                hear(next.assetId(), known);
            }
        }
    }

    private void fail(Handover handover) {
        Throwable failure = handover.failure();
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof Submitter.Rejected rejected) {
            Outcome refused = new Outcome.Refused(rejected.why());
            tally.count(handover.path(), refused);
            listener.settled(handover.path(), null, refused);
            return;
        }
        throw CommandFailed.notRunning(
                "the system does not take files: "
                        + (cause == null ? "no reason given" : cause.getMessage()),
                cause);
    }

    private void hear(UUID assetId, Outcome outcome) {
        Path path = waiting.remove(assetId);
        if (path == null) {
            // Somebody else's file, or ours heard of before its submission was acknowledged.
            early.put(assetId, outcome);
            return;
        }
        lastNews = Instant.now();
        tally.count(path, outcome);
        listener.settled(path, assetId, outcome);
    }

    private boolean hasLostPatience() {
        Duration silence = Duration.between(lastNews, Instant.now());
        if (silence.toSeconds() >= 2 && !systemIsAlive.getAsBoolean()) {
            listener.note("the system has stopped");
            return true;
        }
        if (silence.compareTo(patience) > 0) {
            listener.note("nothing was heard for " + patience.toSeconds() + " s");
            return true;
        }
        return false;
    }

    /// Counts what there is to submit, on a thread of its own, and tells the listener as it goes.
    void countAhead() {
        var _ = Thread.ofVirtual().name("count").start(this::count);
    }

    private void count() {
        try {
            new FolderWalk(root)
                    .run(
                            found -> {
                                if (found instanceof Found.Media(Path _, long size)) {
                                    listener.expect(size);
                                }
                                return !stopping.get();
                            });
            listener.everythingExpected();
        } catch (IOException e) {
            // The walk that submits meets the same and reports it.
            throw new UncheckedIOException(e);
        }
    }

    private static final class Recent extends LinkedHashMap<UUID, Outcome> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Outcome> eldest) {
            return size() > EARLY_KEPT;
        }
    }
}
