package dev.darkroom.media;

import dev.darkroom.media.wire.Reply;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The children of one pool, or of several that share them.
///
/// Where native decoders may be used, those who read with our own code stand in front: a file that
/// takes a native decoder down holds up no JPEG.
final class Children implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    /// By then whoever has started us has started, and nobody waits for the processor.
    private static final long ARCHIVE_AFTER_SECONDS = 60;

    private final Cradle cradle;
    private final Lane front;
    private final Lane behind;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("media-clock").factory());
    private final Thread archivist =
            Thread.ofPlatform().daemon().name("media-archive").unstarted(this::makeArchive);
    private boolean closed;

    /// @param program the class that children run
    Children(MediaOptions options, String program) {
        this.cradle = new Cradle(options, program);
        if (options.nativeDecoders()) {
            front = new Lane(options, Duty.OUR_FORMATS, cradle, clock);
            behind = new Lane(options, Duty.OTHER_FORMATS, cradle, clock);
        } else {
            front = new Lane(options, Duty.ALL_FORMATS, cradle, clock);
            behind = front;
        }
        var _ = clock.schedule(this::startArchivist, ARCHIVE_AFTER_SECONDS, TimeUnit.SECONDS);
    }

    /// So many of each duty at once from now on, unless there may be more already. Those who are
    /// always there start in the background.
    void allow(int processes) {
        front.allow(processes);
        behind.allow(processes);
    }

    /// Those who see every file first.
    Lane front() {
        return front;
    }

    /// Those who read what is left.
    Lane behind() {
        return behind;
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
        front.close();
        behind.close();
        clock.shutdownNow();
        await(archivist);
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
