package dev.darkroom.sync.folders.scan;

import dev.darkroom.sync.files.FileStat;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.PathState;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.folders.records.Counts;
import dev.darkroom.sync.folders.records.FencedWrites;
import dev.darkroom.sync.folders.records.FileRecords;
import dev.darkroom.sync.folders.records.Journal;
import dev.darkroom.sync.folders.records.KnownFile;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.Operations;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Removals that wait for somebody to confirm. At most one operation of a repository holds some.
public final class HeldRemovals {
    private static final int BATCH = 5_000;

    private final JdbcClient jdbc;
    private final FencedWrites writes;
    private final Lease lease;

    public HeldRemovals(DataSource dataSource, Lease lease) {
        this.jdbc = JdbcClient.create(dataSource);
        this.writes = new FencedWrites(dataSource);
        this.lease = lease;
    }

    /// The operation under which all of these wait already, so that an hourly scan does not hold
    /// them again and again; what this operation would hold is forgotten then.
    OptionalLong sameAsBefore(long operation) {
        Journal journal = new Journal(jdbc);
        for (Operations.Operation earlier : held(operation)) {
            long more = 0;
            long after = 0;
            for (long[] ids = journal.held(operation, after, BATCH);
                    ids.length > 0 && more == 0;
                    ids = journal.held(operation, after, BATCH)) {
                more += journal.countNotHeld(earlier.id(), ids);
                after = ids[ids.length - 1];
            }
            if (more == 0 && after > 0) {
                writes.write(
                        lease,
                        (_, in) -> {
                            new Journal(in).forgetHeld(operation);
                            return operation;
                        });
                return OptionalLong.of(earlier.id());
            }
        }
        return OptionalLong.empty();
    }

    /// What waited under earlier operations does so no longer.
    void supersede(String reason, long by) {
        for (Operations.Operation earlier : held(by)) {
            writes.write(
                    lease,
                    (_, in) -> {
                        new Journal(in).forgetHeld(earlier.id());
                        new Operations(in).setStatus(earlier.id(), "cancelled", reason);
                        return earlier;
                    });
        }
    }

    /// Removes what waits, if it is still gone.
    ///
    /// @return what was done, in words
    public String confirm(Operations.Operation operation, TreeWalk tree, IgnoreRules rules) {
        FileRecords records = new FileRecords(jdbc, lease.repositoryId());
        Operations.Begun begun = new Operations.Begun(operation.id(), operation.generation());
        Counts counts = operation.counts();
        long removed = 0;
        long after = 0;
        for (long[] ids = new Journal(jdbc).held(operation.id(), after, BATCH);
                ids.length > 0;
                ids = new Journal(jdbc).held(operation.id(), after, BATCH)) {
            after = ids[ids.length - 1];
            long[] gone =
                    records.withIds(ids, begun.generation()).stream()
                            .filter(file -> isGone(file, tree, rules, records))
                            .mapToLong(KnownFile::fileId)
                            .toArray();
            Counts before = counts;
            counts =
                    writes.write(
                            lease,
                            (_, in) -> {
                                new Journal(in).release(begun.id(), gone);
                                int rows =
                                        new FileRecords(in, lease.repositoryId())
                                                .remove(gone, begun.generation());
                                Counts sum = before.plus(Counts.ofRemoved(rows));
                                new Operations(in).count(begun.id(), sum);
                                return sum;
                            });
            removed = counts.removed() - operation.counts().removed();
        }
        long kept = operation.counts().held() - removed;
        String message =
                "confirmed: "
                        + removed
                        + " removed"
                        + (kept > 0 ? ", " + kept + " kept, since they are back" : "");
        Counts sum = counts.plus(Counts.ofHeld(-operation.counts().held()));
        writes.write(
                lease,
                (_, in) -> {
                    new Journal(in).forgetHeld(begun.id());
                    new Operations(in).count(begun.id(), sum);
                    new Operations(in).setStatus(begun.id(), "completed", message);
                    return begun;
                });
        return message;
    }

    /// Also if another known file lies there now: then its own is gone.
    private static boolean isGone(
            KnownFile file, TreeWalk tree, IgnoreRules rules, FileRecords records) {
        return switch (tree.look(file.path())) {
            case PathState.Missing _, PathState.Other _, PathState.Folder _ -> true;
            case PathState.Unreadable _ -> false;
            case PathState.File(FileStat stat) ->
                    rules.ignores(file.path(), false)
                            || (!stat.sameFileAs(file.stat())
                                    && records.withInodes(new long[] {stat.inode()}).stream()
                                            .anyMatch(other -> other.isSameFileAs(stat)));
        };
    }

    private List<Operations.Operation> held(long except) {
        return new Operations(jdbc)
                .list(lease.repositoryId(), "held", 10).stream()
                        .filter(operation -> operation.id() != except)
                        .toList();
    }
}
