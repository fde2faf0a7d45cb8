package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.LeaseLost;
import dev.darkroom.sync.folders.records.WatchedRepository;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that keep one repository. They end together: when they are told to, or when one of
/// them finds the lease lost. Anything else is tried again, since a database that is away comes
/// back.
final class KeeperThreads {
    private static final Logger log = LoggerFactory.getLogger(KeeperThreads.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final WatchedRepository repository;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    KeeperThreads(WatchedRepository repository) {
        this.repository = repository;
    }

    /// What one thread does until it is interrupted.
    interface Job {
        void run() throws InterruptedException;
    }

    void start(String what, Job job) {
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(what + " " + repository.name())
                        .unstarted(() -> keepOn(what, job));
        threads.add(thread);
        thread.start();
    }

    boolean haveEnded() {
        return ended;
    }

    /// Asks all of them to end.
    void end() {
        ended = true;
        threads.forEach(Thread::interrupt);
    }

    /// Waits for their end, but not long: what still runs then can write nothing once the lease is
    /// another's.
    void join() {
        long deadline = System.nanoTime() + CLOSING.toNanos();
        for (Thread thread : threads) {
            try {
                long left = Math.max(1, deadline - System.nanoTime());
                boolean _ = thread.join(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void keepOn(String what, Job job) {
        while (!ended) {
            try {
                job.run();
                return;
            } catch (InterruptedException e) {
                return;
            } catch (LeaseLost e) {
                log.atWarn()
                        .addKeyValue("repository", repository.id())
                        .setCause(e)
                        .log("another instance keeps the repository now");
                end();
            } catch (RuntimeException e) {
                if (ended) {
                    return;
                }
                log.atError()
                        .addKeyValue("repository", repository.id())
                        .addKeyValue("thread", what)
                        .setCause(e)
                        .log("keeping a folder in step failed, it is tried again");
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
