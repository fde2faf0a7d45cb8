package dev.darkroom.sync.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Watches a folder and everything below it, through Linux's inotify.
///
/// Every change after `start` has returned is in some later `Changes`, at least as a place to look
/// at; a scan that begins then misses nothing. What other computers do on a network file system
/// cannot be seen, and what a program writes into a mapped file only when it closes it: a scan from
/// time to time stays necessary.
public final class Watch implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final String CLOSED = "the watch was closed";

    private final Inotify inotify;
    private final WatchTree tree;
    private final Duration quiet;
    private final Duration longest;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Dirt ready = new Dirt();
    private Optional<String> over = Optional.empty();
    private boolean released;
    private volatile boolean closing;

    private Watch(Path root, IgnoreRules rules, Duration quiet, Duration longest)
            throws IOException {
        this.quiet = quiet;
        this.longest = longest;
        inotify = new Inotify();
        try {
            tree = new WatchTree(root.toRealPath(), rules, inotify);
        } catch (IOException | RuntimeException e) {
            inotify.close();
            throw e;
        }
        thread = Thread.ofPlatform().daemon().name("watch " + root).unstarted(this::run);
    }

    /// Whether this system can watch at all.
    public static boolean isAvailable() {
        return Libc.isAvailable();
    }

    /// Starts to watch, with changes told after 300 ms of quiet and at the latest after 2 s.
    public static Watch start(Path root, IgnoreRules rules) throws IOException {
        return start(root, rules, Duration.ofMillis(300), Duration.ofSeconds(2));
    }

    /// Starts to watch. Folders that cannot be watched are in the first `Changes`.
    ///
    /// @param quiet how long nothing must happen before changes are told
    /// @param longest how long changes are kept at most
    /// @throws IOException if the root cannot be watched: it is not there, the system allows no
    ///   more watches or instances, or has none; scan instead
    public static Watch start(Path root, IgnoreRules rules, Duration quiet, Duration longest)
            throws IOException {
        if (quiet.isNegative() || longest.compareTo(quiet) < 0) {
            throw new IllegalArgumentException(
                    "changes are kept for longer than the quiet: %s, %s".formatted(quiet, longest));
        }
        if (!isAvailable()) {
            throw new IOException("only Linux can watch folders, this system is scanned instead");
        }
        Watch watch = new Watch(root, rules, quiet, longest);
        watch.thread.start();
        return watch;
    }

    /// Waits for changes. After the end, answers the end again.
    public Changes take() throws InterruptedException {
        while (true) {
            Optional<Changes> changes = poll(FOR_EVER);
            if (changes.isPresent()) {
                return changes.get();
            }
        }
    }

    /// Waits for changes, for a while.
    public Optional<Changes> poll(Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (ready.isEmpty() && over.isEmpty()) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = news.awaitNanos(left);
            }
            over.ifPresent(ready::ended);
            Changes changes = ready.changes();
            ready = new Dirt();
            return Optional.of(changes);
        } finally {
            lock.unlock();
        }
    }

    /// Ends it and gives everything back.
    @Override
    public void close() {
        closing = true;
        lock.lock();
        try {
            if (!released) {
                inotify.wake();
            }
        } finally {
            lock.unlock();
        }
        try {
            // It may be reading a folder of a network file system that is dead; it ends by itself.
            boolean _ = thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        String reason = CLOSED;
        try {
            reason = watch();
        } catch (IOException | RuntimeException e) {
            reason = "the watch has failed: " + e;
        } finally {
            release(reason);
        }
    }

    /// @return why it ended
    private String watch() throws IOException {
        long first = 0;
        long last = 0;
        while (!closing) {
            boolean mounted = inotify.await(wait(first, last));
            while (inotify.read(tree::event) && !isDue(first, last)) {
                tree.settle();
            }
            tree.settle();
            if (mounted) {
                tree.mountsChanged();
            }
            long now = System.nanoTime();
            if (tree.wasTouched()) {
                first = tree.dirt().isEmpty() || first != 0 ? first : now;
                last = now;
            }
            Optional<String> end = tree.dirt().end();
            if (end.isPresent() || isDue(first, last)) {
                hand(tree.takeDirt());
                first = 0;
            }
            if (end.isPresent()) {
                return end.get();
            }
        }
        return CLOSED;
    }

    private Duration wait(long first, long last) {
        if (first == 0) {
            return tree.isWaiting() ? TICK : FOR_EVER;
        }
        long now = System.nanoTime();
        long nanos = Math.min(quiet.toNanos() - (now - last), longest.toNanos() - (now - first));
        // Rounded up, or it would spin through the last millisecond.
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(Math.max(nanos, 0)) + 1);
    }

    private boolean isDue(long first, long last) {
        long now = System.nanoTime();
        return first != 0 && (now - last >= quiet.toNanos() || now - first >= longest.toNanos());
    }

    private void hand(Dirt dirt) {
        lock.lock();
        try {
            ready.add(dirt);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void release(String reason) {
        lock.lock();
        try {
            released = true;
            inotify.close();
            over = Optional.of(reason);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
