package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.Counts;
import dev.darkroom.sync.folders.records.FencedWrites;
import dev.darkroom.sync.folders.records.Journal;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.Leases;
import dev.darkroom.sync.folders.records.OperationType;
import dev.darkroom.sync.folders.records.Operations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Takes whole operations back.
///
/// The rows become what they were: removed ones come back with their numbers, added ones go, moved
/// ones return. The files stay as they are, so the repository is paused in the same transaction;
/// otherwise the next scan would do the same again.
final class Undoing {
    private final DataSource dataSource;
    private final Lease lease;
    private final Duration undoFor;

    Undoing(DataSource dataSource, Lease lease, Duration undoFor) {
        this.dataSource = dataSource;
        this.lease = lease;
        this.undoFor = undoFor;
    }

    /// @return the number of the operation that took it back
    /// @throws Refused if it cannot be taken back
    long undo(long operationId) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        Operations.Operation operation =
                new Operations(jdbc)
                        .find(operationId)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                Refused.Reason.NOT_FOUND,
                                                "there is no operation " + operationId));
        requireUndoable(operation, new Journal(jdbc));
        return new FencedWrites(dataSource)
                .write(
                        lease,
                        (connection, in) -> {
                            try (var statement = connection.createStatement()) {
                                // A whole library in one transaction takes longer than usual.
                                statement.execute("set local statement_timeout = '15min'");
                            }
                            Operations operations = new Operations(in);
                            Operations.Begun undo =
                                    operations.begin(
                                            lease.repositoryId(), OperationType.UNDO, operationId);
                            Counts counts = new Journal(in).takeBack(operation, undo);
                            operations.end(undo.id(), counts, "completed", null);
                            operations.setStatus(
                                    operationId, "undone", "taken back by operation " + undo.id());
                            new Leases(in)
                                    .pause(
                                            lease.repositoryId(),
                                            "operation "
                                                    + operationId
                                                    + " was undone; the next scan would do it"
                                                    + " again");
                            return undo.id();
                        });
    }

    private void requireUndoable(Operations.Operation operation, Journal journal) {
        if (!List.of("completed", "failed", "held").contains(operation.status())) {
            throw new Refused(
                    Refused.Reason.CONFLICT,
                    "operation "
                            + operation.id()
                            + " is "
                            + operation.status()
                            + "; only one that has ended and was not undone can be undone");
        }
        Instant ended = operation.endedAt();
        if (ended == null || ended.isBefore(Instant.now().minus(undoFor))) {
            throw new Refused(
                    Refused.Reason.CONFLICT,
                    "operation "
                            + operation.id()
                            + " is older than "
                            + undoFor.toDays()
                            + " days; what it changed is not kept that long");
        }
        List<Long> later = journal.touchedBy(operation.id());
        if (!later.isEmpty()) {
            throw new Refused(
                    Refused.Reason.CONFLICT,
                    "operation "
                            + operation.id()
                            + " cannot be undone, since later ones changed the"
                            + " same files: undo these first, the newest first: "
                            + later.reversed().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")));
        }
    }
}
