package dev.darkroom.sync.folders;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.folders.records.Contents;
import dev.darkroom.sync.folders.records.FencedWrites;
import dev.darkroom.sync.folders.records.FileRecords;
import dev.darkroom.sync.folders.records.FolderMemory;
import dev.darkroom.sync.folders.records.History;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.LeaseLost;
import dev.darkroom.sync.folders.records.OperationType;
import dev.darkroom.sync.folders.records.Operations;
import dev.darkroom.sync.folders.records.RepositoryPaused;
import dev.darkroom.sync.folders.records.WatchedRepository;
import dev.darkroom.sync.folders.scan.ContentReader;
import dev.darkroom.sync.folders.scan.FolderScan;
import dev.darkroom.sync.folders.scan.HeldRemovals;
import dev.darkroom.sync.folders.scan.Mounts;
import dev.darkroom.sync.folders.scan.Plan;
import dev.darkroom.sync.folders.scan.Root;
import dev.darkroom.sync.folders.scan.ScanResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Keeps one repository in step for as long as this instance has its lease.
///
/// Three threads: one scans and does what is asked, one hears the watch, one has contents read.
/// What the watch tells is written while a scan runs; only in a first scan it has to wait.
final class RepositoryKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RepositoryKeeper.class);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final long NOTHING_WAITS = -1;

    private final DataSource dataSource;
    private final Lease lease;
    private final FolderProperties properties;
    private final TreeWalk tree;
    private final IgnoreRules rules;
    private final FolderRoot root;
    private final FolderMemory memory;
    private final Mounts mounts;
    private final ContentReader reader;
    private final HashPass hashes;
    private final FolderWatch watch;
    private final ReentrantLock batches = new ReentrantLock();
    private final BlockingQueue<Runnable> asked = new LinkedBlockingQueue<>();
    private final KeeperThreads threads;
    private volatile WatchedRepository repository;
    private volatile long scanning = NOTHING_WAITS;
    private volatile boolean undone;
    private volatile long nextScan = System.nanoTime();
    private volatile OperationType nextType = OperationType.STARTUP;

    RepositoryKeeper(
            DataSource dataSource,
            WatchedRepository repository,
            Lease lease,
            FolderProperties properties,
            Executor readers) {
        this.dataSource = dataSource;
        this.repository = repository;
        this.lease = lease;
        this.threads = new KeeperThreads(repository);
        this.properties = properties;
        this.rules = IgnoreRules.of(repository.ignorePatterns());
        this.tree = TreeWalk.of(repository.root(), rules);
        JdbcClient jdbc = JdbcClient.create(dataSource);
        this.memory = new FolderMemory(jdbc);
        this.root = new FolderRoot(repository, lease, memory);
        this.mounts = new Mounts(memory.load(repository.id()).mounts());
        this.reader = new ContentReader(repository.root(), tree, properties.settle());
        this.hashes =
                new HashPass(
                        dataSource,
                        lease,
                        reader,
                        readers,
                        properties.hashThreads(),
                        () -> scanning);
        this.watch = new FolderWatch(repository, rules, properties, this::watched, this::rescan);
    }

    /// Begins: ends what an earlier holder left unfinished, watches, scans.
    void start() {
        threads.start("scan", this::scanUntilTheEnd);
        threads.start("watch", watch::run);
        threads.start("hash", this::readUntilTheEnd);
    }

    Lease lease() {
        return lease;
    }

    WatchedRepository repository() {
        return repository;
    }

    /// Whether it has ended by itself, since the lease was lost.
    boolean isOver() {
        return threads.haveEnded();
    }

    /// Whether a scan runs, so that it is a bad moment to hand the repository over.
    boolean isBusy() {
        return scanning != NOTHING_WAITS || !asked.isEmpty();
    }

    /// What cannot be watched, in words, or an empty text.
    String watchProblem() {
        return watch.problem();
    }

    /// Takes settings that do not need another start.
    void update(WatchedRepository now) {
        WatchedRepository before = repository;
        repository = now;
        if ((undone || before.paused() != null) && now.paused() == null) {
            undone = false;
            rescan();
        }
        if (!before.rescanInterval().equals(now.rescanInterval())) {
            nextScan = Math.min(nextScan, System.nanoTime() + now.rescanInterval().toNanos());
            asked.add(() -> {});
        }
    }

    /// Scans as soon as possible.
    ///
    /// @return the operation's number, once it has begun
    CompletableFuture<Long> scan() {
        CompletableFuture<Long> begun = new CompletableFuture<>();
        asked.add(
                () -> {
                    requireNotPaused(begun);
                    if (!begun.isDone()) {
                        full(OperationType.RECONCILIATION, begun);
                    }
                });
        return begun;
    }

    /// Says what a scan would do.
    CompletableFuture<Plan> plan() {
        return ask(() -> scanner().plan());
    }

    /// Does the removals that an operation held.
    CompletableFuture<Long> confirm(long operationId) {
        return ask(
                () -> {
                    Operations.Operation operation = held(operationId);
                    if (root.look() instanceof Root.State.Away(String reason)) {
                        throw new Refused(Refused.Reason.CONFLICT, reason);
                    }
                    new HeldRemovals(dataSource, lease).confirm(operation, tree, rules);
                    root.accept();
                    mounts.forgetLost();
                    memory.keepMounts(lease, mounts.remembered());
                    rescan();
                    return operationId;
                });
    }

    /// Takes an operation back and pauses the repository.
    CompletableFuture<Long> undo(long operationId) {
        return ask(
                () -> {
                    batches.lock();
                    try {
                        long undo =
                                new Undoing(dataSource, lease, properties.undoFor())
                                        .undo(operationId);
                        undone = true;
                        return undo;
                    } finally {
                        batches.unlock();
                    }
                });
    }

    private Operations.Operation held(long operationId) {
        Operations.Operation operation =
                new Operations(JdbcClient.create(dataSource)).find(operationId).orElseThrow();
        if (!operation.status().equals("held")) {
            String error = operation.error();
            throw new Refused(
                    Refused.Reason.CONFLICT,
                    "operation "
                            + operationId
                            + " holds nothing, it is "
                            + operation.status()
                            + (error == null ? "" : ": " + error));
        }
        return operation;
    }

    private interface Question<T> {
        T answer() throws InterruptedException;
    }

    private <T> CompletableFuture<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        asked.add(
                () -> {
                    try {
                        answer.complete(question.answer());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        answer.completeExceptionally(e);
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                        if (e instanceof LeaseLost) {
                            throw e;
                        }
                    }
                });
        return answer;
    }

    private void requireNotPaused(CompletableFuture<Long> begun) {
        String paused = repository.paused();
        if (paused != null) {
            begun.completeExceptionally(
                    new Refused(
                            Refused.Reason.CONFLICT,
                            "repository "
                                    + repository.name()
                                    + " is paused ("
                                    + paused
                                    + "); let it go on with: ./darkroom sync resume "
                                    + repository.name()));
        }
    }

    /// Compares everything at the next occasion.
    private void rescan() {
        nextScan = System.nanoTime();
        asked.add(() -> {});
    }

    private void scanUntilTheEnd() throws InterruptedException {
        new FencedWrites(dataSource)
                .write(lease, (_, jdbc) -> new Operations(jdbc).interrupt(lease.repositoryId()));
        if (!watch.awaitStart(properties.unwatchedInterval())) {
            log.atWarn()
                    .addKeyValue("folder", repository.root())
                    .log("the watch takes long to start, the scan begins without it");
        }
        if (new FileRecords(JdbcClient.create(dataSource), repository.id()).hasAny()) {
            watch.firstScanIsOver();
        }
        while (true) {
            if (repository.paused() == null && System.nanoTime() - nextScan >= 0) {
                full(nextType, new CompletableFuture<>());
                nextType = OperationType.RECONCILIATION;
            }
            long wait = nextScan - System.nanoTime();
            Runnable next =
                    repository.paused() != null
                            ? asked.poll(1, TimeUnit.SECONDS)
                            : asked.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
            if (next != null) {
                next.run();
            }
        }
    }

    private void full(OperationType type, CompletableFuture<Long> begun) {
        try {
            if (!(root.look() instanceof Root.State.Away(String reason))) {
                root.rememberIfNew();
            } else if (watch.isKnownAway(reason)) {
                nextScan = System.nanoTime() + properties.unwatchedInterval().toNanos();
                begun.completeExceptionally(new Refused(Refused.Reason.CONFLICT, reason));
                return;
            }
            scanAll(type, begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            begun.completeExceptionally(e);
        } catch (LeaseLost e) {
            begun.completeExceptionally(e);
            throw e;
        } catch (RepositoryPaused e) {
            begun.completeExceptionally(
                    new Refused(Refused.Reason.CONFLICT, String.valueOf(e.getMessage())));
            nextScan = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        } catch (RuntimeException e) {
            begun.completeExceptionally(e);
            nextScan = System.nanoTime() + AFTER_FAILURE.toNanos();
            log.atError()
                    .addKeyValue("repository", repository.id())
                    .setCause(e)
                    .log("a scan failed, another follows");
        }
    }

    private void scanAll(OperationType type, CompletableFuture<Long> begun)
            throws InterruptedException {
        boolean told = new Contents(JdbcClient.create(dataSource), repository.id()).anyTold();
        try {
            ScanResult result =
                    scanner()
                            .all(
                                    lease,
                                    type,
                                    operation -> {
                                        // While nobody was told about any file, none can be an old
                                        // one.
                                        scanning = told ? operation.generation() : 0;
                                        begun.complete(operation.id());
                                    });
            memory.keepMounts(lease, mounts.remembered());
            new History(JdbcClient.create(dataSource))
                    .prune(lease.repositoryId(), properties.keeping());
            nextScan = System.nanoTime() + pause(result).toNanos();
            report(result);
        } finally {
            scanning = NOTHING_WAITS;
            watch.firstScanIsOver();
            hashes.signal(true);
        }
    }

    private Duration pause(ScanResult result) {
        if (result.undecided()) {
            return SOON;
        }
        boolean shorter = result.status().equals("failed") || !watch.problem().isEmpty();
        Duration interval = repository.rescanInterval();
        return shorter && properties.unwatchedInterval().compareTo(interval) < 0
                ? properties.unwatchedInterval()
                : interval;
    }

    private void report(ScanResult result) {
        if (!result.status().equals("completed")) {
            log.atWarn()
                    .addKeyValue("repository", repository.id())
                    .addKeyValue("operation", result.operationId())
                    .addKeyValue("status", result.status())
                    .addKeyValue("reason", result.message())
                    .log("a scan did not do everything");
        }
    }

    /// Hears about changed paths.
    private void watched(Set<FilePath> paths) throws InterruptedException {
        batches.lockInterruptibly();
        try {
            if (repository.paused() == null) {
                ScanResult result = scanner().some(lease, paths);
                report(result);
                if (result.undecided()) {
                    nextScan = Math.min(nextScan, System.nanoTime() + SOON.toNanos());
                    asked.add(() -> {});
                }
            }
        } catch (RepositoryPaused e) {
            log.atDebug().setCause(e).log("changes wait for the scan after the pause");
        } finally {
            batches.unlock();
        }
        hashes.signal(false);
    }

    private void readUntilTheEnd() throws InterruptedException {
        while (true) {
            if (repository.paused() == null) {
                hashes.run(() -> repository.paused() != null);
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private FolderScan scanner() {
        return new FolderScan(dataSource, repository, tree, rules, root, mounts, reader);
    }

    @Override
    public void close() {
        threads.end();
        watch.close();
        threads.join();
    }
}
