package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.Contents;
import dev.darkroom.sync.folders.records.FencedWrites;
import dev.darkroom.sync.folders.records.KnownFile;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.PendingFiles;
import dev.darkroom.sync.folders.scan.ContentReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/// Reads the contents of new and changed files of one repository, once each.
///
/// What was found last comes first, so a photo that was just copied does not wait behind a million
/// old ones; within one operation the files are read folder by folder, as they lie on the disk.
/// Nothing is remembered but the rows themselves: after a restart it goes on where it was.
final class HashPass {
    private static final int FETCHED = 256;
    private static final int WRITTEN = 500;
    private static final Duration WRITE_AFTER = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final Duration GONE = Duration.ofMinutes(1);

    private final PendingFiles pending;
    private final FencedWrites writes;
    private final Lease lease;
    private final ContentReader reader;
    private final LongSupplier waiting;
    private final int parallel;
    private final CompletionService<Result> readers;
    private final Map<Long, Long> deferred = new HashMap<>();
    private final Set<Long> taken = new HashSet<>();
    private final Deque<KnownFile> queue = new ArrayDeque<>();
    private final List<Contents.Known> read = new ArrayList<>();
    private final List<Contents.Unknown> failed = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean signalled = true;
    private boolean forget;
    private int running;
    private long firstRead;

    /// @param waiting new files of this generation and earlier ones wait, since a scan may yet find
    ///   out that they are old ones
    HashPass(
            DataSource dataSource,
            Lease lease,
            ContentReader reader,
            Executor threads,
            int parallel,
            LongSupplier waiting) {
        this.pending = new PendingFiles(dataSource, lease.repositoryId());
        this.writes = new FencedWrites(dataSource);
        this.lease = lease;
        this.reader = reader;
        this.parallel = parallel;
        this.waiting = waiting;
        this.readers = new ExecutorCompletionService<>(threads);
    }

    private record Result(KnownFile file, ContentReader.Content content) {}

    /// There may be something to read.
    ///
    /// @param retry also what could not be read before
    void signal(boolean retry) {
        lock.lock();
        try {
            signalled = true;
            forget |= retry;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Works until it is told to stop, is interrupted, or the lease is lost.
    void run(BooleanSupplier stop) throws InterruptedException {
        try {
            while (!stop.getAsBoolean()) {
                fetch();
                submit();
                if (running > 0) {
                    collect();
                } else if (queue.isEmpty()) {
                    sleep();
                }
            }
        } finally {
            drain();
        }
    }

    private void fetch() {
        if (!queue.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        if (takeForget()) {
            deferred.clear();
        }
        deferred.values().removeIf(until -> until - now <= 0);
        Set<Long> except = new HashSet<>(taken);
        except.addAll(deferred.keySet());
        queue.addAll(
                pending.fetch(
                        waiting.getAsLong(),
                        except.stream().mapToLong(Long::longValue).toArray(),
                        FETCHED));
    }

    private void submit() {
        while (running < parallel * 2 && !queue.isEmpty()) {
            KnownFile file = queue.removeFirst();
            taken.add(file.fileId());
            var _ = readers.submit(() -> new Result(file, reader.read(file.path())));
            running++;
        }
    }

    /// Takes what is done, and writes it when there is enough or nothing more comes at once.
    private void collect() throws InterruptedException {
        Future<Result> done = readers.poll(WRITE_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        while (done != null) {
            running--;
            take(done);
            done = readers.poll();
        }
        if (read.size() + failed.size() >= WRITTEN || queue.isEmpty() || running == 0) {
            write();
        } else if (!read.isEmpty() && readIsOld()) {
            write();
        }
    }

    private boolean readIsOld() {
        return System.nanoTime() - firstRead > WRITE_AFTER.toNanos();
    }

    private void take(Future<Result> done) throws InterruptedException {
        Result result;
        try {
            result = done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a file could not be read", e.getCause());
        }
        long id = result.file().fileId();
        switch (result.content()) {
            case ContentReader.Content.Read found -> {
                if (read.isEmpty()) {
                    firstRead = System.nanoTime();
                }
                read.add(
                        new Contents.Known(
                                result.file(), found.sha256().contentHash(), found.stat()));
            }
            case ContentReader.Content.Unsettled unsettled -> defer(id, unsettled.quietIn());
            case ContentReader.Content.Gone _ -> defer(id, GONE);
            case ContentReader.Content.Unreadable unreadable -> {
                failed.add(new Contents.Unknown(result.file(), unreadable.reason()));
                defer(id, RETRY);
            }
        }
    }

    private void defer(long id, Duration time) {
        taken.remove(id);
        deferred.put(id, System.nanoTime() + time.toNanos());
    }

    private void write() {
        if (read.isEmpty() && failed.isEmpty()) {
            return;
        }
        int written =
                writes.write(
                        lease,
                        (_, jdbc) -> {
                            Contents in = new Contents(jdbc, lease.repositoryId());
                            in.unreadable(failed);
                            return in.read(read);
                        });
        read.forEach(known -> taken.remove(known.row().fileId()));
        if (written < read.size()) {
            // Rows that were written meanwhile are read again.
            signal(false);
        }
        read.clear();
        failed.clear();
    }

    private void sleep() throws InterruptedException {
        long now = System.nanoTime();
        long nanos =
                deferred.values().stream()
                        .mapToLong(until -> until - now)
                        .min()
                        .orElse(IDLE.toNanos());
        lock.lockInterruptibly();
        try {
            while (!signalled && nanos > 0) {
                nanos = news.awaitNanos(Math.min(nanos, IDLE.toNanos()));
            }
            signalled = false;
        } finally {
            lock.unlock();
        }
    }

    private boolean takeForget() {
        lock.lock();
        try {
            boolean was = forget;
            forget = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /// What is being read is thrown away: the rows still say that it has to be.
    private void drain() {
        queue.clear();
        taken.clear();
    }
}
