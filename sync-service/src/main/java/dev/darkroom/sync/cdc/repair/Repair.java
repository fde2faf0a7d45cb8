package dev.darkroom.sync.cdc.repair;

import dev.darkroom.sync.cdc.repair.Reemission.KnownRow;
import dev.darkroom.sync.cdc.repair.Reemission.Outcome;
import dev.darkroom.sync.cdc.row.TableShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// Publishes many rows once more, a few at a time, and waits patiently for writers that hold a
/// table.
final class Repair {
    private static final int BATCH = 500;
    private static final int ATTEMPTS = 20;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Duration STREAM_PATIENCE = Duration.ofSeconds(60);

    private final Reemission reemission;
    private final TableReader reader;
    private final Throttle throttle;

    Repair(Reemission reemission, TableReader reader, Throttle throttle) {
        this.reemission = reemission;
        this.reader = reader;
        this.throttle = throttle;
    }

    /// How many rows, and ends of rows, were published.
    record Done(long rows, long deletes) {}

    Done publish(TableShape shape, List<KnownRow> rows) throws SQLException, InterruptedException {
        long published = 0;
        long deletes = 0;
        for (int from = 0; from < rows.size(); from += BATCH) {
            Outcome outcome = batch(shape, rows.subList(from, Math.min(from + BATCH, rows.size())));
            published += outcome.rows();
            deletes += outcome.deletes();
            throttle.rest();
        }
        return new Done(published, deletes);
    }

    /// Whoever writes the table waits behind us while we wait for the lock, so we wait shortly at
    /// first; a vacuum steps aside after a second.
    private Outcome batch(TableShape shape, List<KnownRow> rows)
            throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                Duration patience = Duration.ofMillis(Math.min(100L * attempt, 1_500));
                return reemission.publish(reader, shape, rows, patience, STREAM_PATIENCE);
            } catch (SQLException e) {
                if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(Duration.ofMillis(200L * attempt));
            } catch (TimeoutException e) {
                throw new PublishedRows.StreamBehind(
                        "the stream did not come to the rows within " + STREAM_PATIENCE);
            }
        }
    }
}
