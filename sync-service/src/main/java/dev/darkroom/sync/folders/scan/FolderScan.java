package dev.darkroom.sync.folders.scan;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.files.WalkSummary;
import dev.darkroom.sync.folders.records.Counts;
import dev.darkroom.sync.folders.records.FencedWrites;
import dev.darkroom.sync.folders.records.FileRecords;
import dev.darkroom.sync.folders.records.KnownFiles;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.LeaseLost;
import dev.darkroom.sync.folders.records.NewFiles;
import dev.darkroom.sync.folders.records.OperationType;
import dev.darkroom.sync.folders.records.Operations;
import dev.darkroom.sync.folders.records.WatchedRepository;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Brings the rows of one repository in step with its folder: all of it, or some paths.
///
/// The order of things is what makes it safe. Additions, changes and moves are written while the
/// walk goes on. Removals wait for its end, when it is known what could not be read, how many they
/// are, and whether the root is still the root.
public final class FolderScan {
    /// How long removals by watched changes count together for the fuse.
    static final Duration FUSE_WINDOW = Duration.ofHours(1);

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final FencedWrites writes;
    private final WatchedRepository repository;
    private final TreeWalk tree;
    private final IgnoreRules rules;
    private final Root root;
    private final Mounts mounts;
    private final ContentReader contents;

    public FolderScan(
            DataSource dataSource,
            WatchedRepository repository,
            TreeWalk tree,
            IgnoreRules rules,
            Root root,
            Mounts mounts,
            ContentReader contents) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.writes = new FencedWrites(dataSource);
        this.repository = repository;
        this.tree = tree;
        this.rules = rules;
        this.root = root;
        this.mounts = mounts;
        this.contents = contents;
    }

    /// Compares the whole folder.
    ///
    /// @param begun hears the operation's numbers before the walk
    public ScanResult all(Lease lease, OperationType type, Consumer<Operations.Begun> begun)
            throws InterruptedException {
        Recording recording = new Recording(writes, lease, type);
        Operations.Begun operation = recording.begin();
        begun.accept(operation);
        try {
            Verdict verdict = walkAll(recording, new FileRecords(jdbc, id()).hasAny());
            return conclude(recording, verdict);
        } catch (RuntimeException failure) {
            throw fail(recording, failure);
        }
    }

    /// Compares these paths and what is below them.
    public ScanResult some(Lease lease, Set<FilePath> paths) throws InterruptedException {
        Recording recording = new Recording(writes, lease, OperationType.REALTIME);
        try {
            try (Work work = work(recording)) {
                mounts.lookAgain(tree);
                Counts scanned =
                        new PathComparison(dataSource, id(), tree, rules, work).compare(paths);
                work.relocations().finish();
                return conclude(recording, judge(work, scanned, false));
            }
        } catch (RuntimeException failure) {
            throw fail(recording, failure);
        }
    }

    /// Says what `all` would do.
    public Plan plan() throws InterruptedException {
        Planning planning = new Planning();
        Verdict verdict = walkAll(planning, true);
        return planning.plan(verdict.scanned(), verdict.status().equals("held"), verdict.message());
    }

    /// What the end of an operation knows.
    ///
    /// @param status as in `sync_operations`
    private record Verdict(
            Counts scanned, String status, @Nullable String message, boolean undecided) {}

    private Work work(Outcome outcome) {
        FileRecords records = new FileRecords(jdbc, id());
        Departures departures = new Departures(records, tree, rules, contents, outcome, mounts);
        return new Work(
                outcome, records, departures, new Relocations(records, tree, departures, outcome));
    }

    private Verdict walkAll(Outcome outcome, boolean known) throws InterruptedException {
        if (root.look() instanceof Root.State.Away(String reason)) {
            return new Verdict(Counts.NONE, "failed", reason + "; nothing was changed", false);
        }
        try (Work work = work(outcome);
                KnownFiles rows = new KnownFiles(dataSource, id(), null)) {
            Comparison comparison =
                    new Comparison(
                            rows,
                            outcome,
                            work.relocations(),
                            work.departures(),
                            known ? null : new NewFiles(id()));
            WalkSummary summary = tree.walk(comparison);
            comparison.finish();
            mounts.complete(tree);
            work.relocations().finish();
            return judge(work, Counts.ofScanned(summary.files(), summary.unreadable()), true);
        }
    }

    /// Decides about what is gone, and does it.
    ///
    /// @param everywhere whether the whole folder was walked
    private Verdict judge(Work work, Counts scanned, boolean everywhere)
            throws InterruptedException {
        Departures departures = work.departures();
        departures.verify();
        String notes = notes(departures);
        if (departures.size() == 0) {
            if (everywhere
                    && departures.unreadableCount() == 0
                    && work.outcome() instanceof Recording
                    && root.look() instanceof Root.State.Doubtful) {
                // Everything that was known is here, so it is the same folder.
                root.accept();
            }
            return new Verdict(scanned, "completed", notes, departures.isUndecided());
        }
        String reason = reasonToHold(departures);
        if (reason != null) {
            departures.hold();
            return new Verdict(scanned, "held", join(reason, notes), departures.isUndecided());
        }
        boolean whole = departures.remove(() -> root.look() instanceof Root.State.Same);
        return whole
                ? new Verdict(scanned, "completed", notes, departures.isUndecided())
                : new Verdict(
                        scanned,
                        "failed",
                        "the folder went away during the scan; what was left was not removed",
                        true);
    }

    private @Nullable String reasonToHold(Departures departures) {
        long gone = departures.size();
        String what =
                gone
                        + (gone == 1 ? " file is gone" : " files are gone")
                        + " in "
                        + departures.folders();
        Root.State state = root.look();
        String doubt = Root.doubt(state);
        if (doubt != null) {
            return doubt + "; " + what + "; nothing was removed";
        }
        FileRecords records = new FileRecords(jdbc, id());
        long known = records.count();
        long recently = new Operations(jdbc).recentlyRemoved(id(), FUSE_WINDOW.toSeconds());
        if (!new DeleteFuse(repository.fusePercent()).trips(gone, recently, known)) {
            return null;
        }
        return what
                + ", more than "
                + repository.fusePercent()
                + " % of "
                + (known + recently)
                + (recently == 0 ? "" : " (with " + recently + " removed in the last hour)")
                + "; nothing was removed";
    }

    private @Nullable String notes(Departures departures) {
        String lost =
                mounts.lost().isEmpty()
                        ? null
                        : "not mounted: "
                                + String.join(", ", mounts.lost())
                                + "; nothing below was removed";
        return join(departures.unreadableSummary(), lost);
    }

    private static @Nullable String join(@Nullable String one, @Nullable String other) {
        return one == null ? other : other == null ? one : one + "; " + other;
    }

    private ScanResult conclude(Recording recording, Verdict verdict) {
        Operations.Begun operation = recording.begun();
        if (operation == null) {
            return new ScanResult(null, verdict.status(), verdict.message(), verdict.undecided());
        }
        HeldRemovals held = new HeldRemovals(dataSource, recording.lease());
        Counts scanned = verdict.scanned();
        String status = verdict.status();
        String message = verdict.message();
        if (status.equals("held")) {
            OptionalLong earlier = held.sameAsBefore(operation.id());
            if (earlier.isPresent()) {
                status = "completed";
                scanned = scanned.plus(Counts.ofHeld(-recording.counts().held()));
            } else {
                held.supersede("superseded by operation " + operation.id(), operation.id());
            }
            message =
                    message
                            + "; to remove them: ./darkroom sync confirm "
                            + earlier.orElse(operation.id());
        } else if (status.equals("completed") && recording.type() != OperationType.REALTIME) {
            held.supersede(
                    "nothing is left to confirm, as operation " + operation.id() + " found",
                    operation.id());
        }
        recording.end(scanned, status, message);
        return new ScanResult(operation.id(), status, message, verdict.undecided());
    }

    private static RuntimeException fail(Recording recording, RuntimeException failure) {
        if (!(failure instanceof LeaseLost)) {
            try {
                recording.end(Counts.NONE, "failed", String.valueOf(failure.getMessage()));
            } catch (RuntimeException again) {
                failure.addSuppressed(again);
            }
        }
        return failure;
    }

    private UUID id() {
        return repository.id();
    }
}
