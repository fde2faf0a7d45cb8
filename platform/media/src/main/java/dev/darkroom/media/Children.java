package dev.darkroom.media;

import dev.darkroom.media.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The children of one pool, or of several that share them, and the queue in front of them.
final class Children implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    /// By then whoever has started us has started, and nobody waits for the processor.
    private static final long ARCHIVE_AFTER_SECONDS = 60;

    private final MediaOptions options;
    private final Cradle cradle;
    private final Nursery nursery;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("media-clock").factory());
    private final CompletableFuture<Reply.Ready> firstReady = new CompletableFuture<>();
    private final List<ChildSlot> slots = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Thread archivist =
            Thread.ofPlatform().daemon().name("media-archive").unstarted(this::makeArchive);
    private boolean closed;

    /// @param program the class that children run
    Children(MediaOptions options, String program) {
        this.options = options;
        this.cradle = new Cradle(options, program);
        this.nursery = new Nursery(options, cradle, clock);
        var _ = clock.schedule(this::startArchivist, ARCHIVE_AFTER_SECONDS, TimeUnit.SECONDS);
    }

    /// Starts as many as are missing in the background and returns at once.
    synchronized void growTo(int processes) {
        while (!closed && slots.size() < processes) {
            ChildSlot slot = new ChildSlot(options, calls, nursery, firstReady);
            slots.add(slot);
            threads.add(
                    Thread.ofPlatform().daemon().name("media-slot-" + slots.size()).start(slot));
        }
    }

    /// Puts a call behind all others.
    void take(Call call) {
        calls.add(call);
    }

    /// Waits for what the first child says about itself.
    Reply.Ready firstReady() throws ExecutionException, InterruptedException {
        return firstReady.get();
    }

    /// How these children are confined.
    List<String> confinement(Reply.Ready child) {
        return cradle.confinement(child);
    }

    private synchronized void startArchivist() {
        if (!closed) {
            archivist.start();
        }
    }

    private void makeArchive() {
        try {
            cradle.makeArchive();
        } catch (InterruptedException e) {
            LOG.atDebug().setCause(e).log("The archive is not made, as the pool is closing");
            Thread.currentThread().interrupt();
        }
    }

    /// Kills them and fails the calls that they have in hand.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        archivist.interrupt();
        threads.forEach(Thread::interrupt);
        slots.forEach(ChildSlot::stop);
        threads.forEach(Children::await);
        nursery.close();
        clock.shutdownNow();
        await(archivist);
        firstReady.completeExceptionally(new IllegalStateException("the media pool is closed"));
        cradle.close();
    }

    /// Waits for the end of a thread, which may not be interrupted.
    static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
