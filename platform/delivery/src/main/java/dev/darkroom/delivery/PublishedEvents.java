package dev.darkroom.delivery;

import dev.darkroom.database.CaptureSlot;
import dev.darkroom.database.Sql;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows that stay in the outbox after their events were published.
public final class PublishedEvents {
    /// Only while change data capture keeps up: were its slot lost, these rows are what it is
    /// repaired from.
    static final Sql PRUNE =
            new Sql(
                    """
                    delete from outbox where id in (
                        select id from outbox
                        where created_at < now() - make_interval(secs => :seconds)
                        order by created_at limit :limit)
                    and exists (
                        select from pg_replication_slots
                        where slot_name = :slot and active
                            and pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn) < 64 * 1024 * 1024)
                    """);

    private static final int PRUNE_LIMIT = 10_000;

    private final JdbcClient jdbc;

    public PublishedEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Removes what was published long ago, so many rows at a time; nothing while change data
    /// capture is behind.
    ///
    /// @return how many rows are gone
    public int prune(Duration olderThan) {
        return jdbc.sql(PRUNE.text())
                .param("seconds", (double) olderThan.toSeconds())
                .param("limit", PRUNE_LIMIT)
                .param("slot", CaptureSlot.NAME)
                .update();
    }
}
