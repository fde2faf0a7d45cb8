package dev.darkroom.sync.folders.scan;

import dev.darkroom.sync.folders.records.Contents;
import dev.darkroom.sync.folders.records.Counts;
import dev.darkroom.sync.folders.records.FencedWrites;
import dev.darkroom.sync.folders.records.FileRecords;
import dev.darkroom.sync.folders.records.Journal;
import dev.darkroom.sync.folders.records.KnownFile;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.NewFiles;
import dev.darkroom.sync.folders.records.OperationType;
import dev.darkroom.sync.folders.records.Operations;
import dev.darkroom.sync.folders.records.RowChange;
import dev.darkroom.sync.folders.records.Seen;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes what an operation finds, batch by batch, each in one transaction with the images of the
/// rows before, the operation's counts and the check of the lease's fence.
///
/// The operation's own row is written with the first difference, so that a batch of watched changes
/// in which nothing changed leaves none; or at once by `begin`.
final class Recording implements Outcome {
    private final FencedWrites writes;
    private final Lease lease;
    private final OperationType type;
    private Operations.@Nullable Begun begun;
    private Counts counts = Counts.NONE;

    Recording(FencedWrites writes, Lease lease, OperationType type) {
        this.writes = writes;
        this.lease = lease;
        this.type = type;
    }

    /// What is done in a transaction of this operation.
    private interface Step {
        Counts in(Connection connection, JdbcClient jdbc, Operations.Begun operation)
                throws SQLException;
    }

    /// Writes the operation's row.
    Operations.Begun begin() {
        run((_, _, _) -> Counts.NONE);
        return Objects.requireNonNull(begun);
    }

    Operations.@Nullable Begun begun() {
        return begun;
    }

    Counts counts() {
        return counts;
    }

    Lease lease() {
        return lease;
    }

    OperationType type() {
        return type;
    }

    /// Ends the operation, if it ever began.
    void end(Counts scanned, String status, @Nullable String message) {
        Operations.Begun operation = begun;
        counts = counts.plus(scanned);
        if (operation != null) {
            writes.write(
                    lease,
                    (_, jdbc) -> {
                        new Operations(jdbc).end(operation.id(), counts, status, message);
                        return operation;
                    });
        }
    }

    @Override
    public long generation() {
        return begun == null ? Long.MAX_VALUE : begun.generation();
    }

    @Override
    public void addFirst(NewFiles files) {
        if (files.size() > 0) {
            run(
                    (connection, _, _) -> {
                        try (var statement = connection.createStatement()) {
                            // What a crash of PostgreSQL takes away, the next scan finds again.
                            statement.execute("set local synchronous_commit = off");
                        }
                        files.copyInto(connection);
                        return Counts.ofAdded(files.size());
                    });
            files.clear();
        }
    }

    @Override
    public void add(List<Seen> files) {
        run(
                (_, jdbc, operation) ->
                        Counts.ofAdded(records(jdbc).add(files, operation.generation())));
    }

    @Override
    public void change(List<RowChange> changes, List<KnownFile> overwritten) {
        run(
                (_, jdbc, operation) -> {
                    int removed = removeRows(jdbc, operation, overwritten);
                    return changeRows(jdbc, operation, changes).plus(Counts.ofRemoved(removed));
                });
    }

    @Override
    public void remove(List<KnownFile> files) {
        run((_, jdbc, operation) -> Counts.ofRemoved(removeRows(jdbc, operation, files)));
    }

    @Override
    public void hold(List<KnownFile> files) {
        run(
                (_, jdbc, operation) -> {
                    new Journal(jdbc).keep(operation, ids(files), true);
                    return Counts.ofHeld(files.size());
                });
    }

    @Override
    public void adopt(Map<KnownFile, RowChange> moves, Map<KnownFile, String> hashes) {
        List<Contents.Known> read = new ArrayList<>();
        hashes.forEach(
                (file, hash) -> {
                    if (!moves.containsKey(file)) {
                        read.add(new Contents.Known(file, hash, file.stat()));
                    }
                });
        run(
                (_, jdbc, operation) -> {
                    if (!read.isEmpty()) {
                        new Contents(jdbc, lease.repositoryId()).read(read);
                    }
                    removeRows(jdbc, operation, List.copyOf(moves.keySet()));
                    long ours =
                            moves.keySet().stream()
                                    .filter(file -> file.generation() == operation.generation())
                                    .count();
                    return changeRows(jdbc, operation, List.copyOf(moves.values()))
                            .plus(Counts.ofAdded(-ours));
                });
    }

    @Override
    public boolean isSpokenFor(long fileId) {
        return false;
    }

    private int removeRows(JdbcClient jdbc, Operations.Begun operation, List<KnownFile> files) {
        if (files.isEmpty()) {
            return 0;
        }
        new Journal(jdbc).keep(operation, ids(files), false);
        return records(jdbc).remove(ids(files), operation.generation());
    }

    private Counts changeRows(
            JdbcClient jdbc, Operations.Begun operation, List<RowChange> changes) {
        List<RowChange> possible = withoutTakenPaths(jdbc, changes);
        if (possible.isEmpty()) {
            return Counts.NONE;
        }
        new Journal(jdbc)
                .keep(operation, possible.stream().mapToLong(RowChange::fileId).toArray(), false);
        records(jdbc).change(possible, operation.generation());
        long moved = possible.stream().filter(RowChange::isMove).count();
        return Counts.ofChanged(possible.size() - moved, moved);
    }

    /// An operation beside this one may have found a moved file first, as a new one; the next scan
    /// sorts that out.
    private List<RowChange> withoutTakenPaths(JdbcClient jdbc, List<RowChange> changes) {
        List<RowChange> moves = changes.stream().filter(RowChange::isMove).toList();
        if (moves.isEmpty()) {
            return changes;
        }
        Set<Long> changing = new HashSet<>();
        changes.forEach(change -> changing.add(change.fileId()));
        Set<String> taken = new HashSet<>();
        for (KnownFile row :
                records(jdbc).at(moves.stream().map(move -> move.seen().path().text()).toList())) {
            if (!changing.contains(row.fileId())) {
                taken.add(row.path().text());
            }
        }
        return changes.stream()
                .filter(change -> !(change.isMove() && taken.contains(change.seen().path().text())))
                .toList();
    }

    private FileRecords records(JdbcClient jdbc) {
        return new FileRecords(jdbc, lease.repositoryId());
    }

    /// What a transaction has come to.
    private record Done(Operations.Begun operation, Counts counts) {}

    private void run(Step step) {
        Done done =
                writes.write(
                        lease,
                        (connection, jdbc) -> {
                            Operations operations = new Operations(jdbc);
                            Operations.Begun operation =
                                    begun == null
                                            ? operations.begin(lease.repositoryId(), type, null)
                                            : begun;
                            Counts more = step.in(connection, jdbc, operation);
                            operations.count(operation.id(), counts.plus(more));
                            return new Done(operation, more);
                        });
        begun = done.operation();
        counts = counts.plus(done.counts());
    }

    private static long[] ids(List<KnownFile> files) {
        return files.stream().mapToLong(KnownFile::fileId).toArray();
    }
}
