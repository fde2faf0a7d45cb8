package dev.darkroom.library.operator;

import dev.darkroom.database.Sql;
import dev.darkroom.library.page.Position;
import dev.darkroom.schema.TaskStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `processing_tasks` across assets. The rows of one asset are the catalogue's.
public class Ledger {
    static final Sql LATEST_FIRST =
            new Sql(
                    """
                    select p.asset_id, a.asset_no, a.original_filename, p.task, p.status, p.attempts,
                        p.max_attempts, p.last_error, p.asset_version, p.updated_at
                    from processing_tasks p join assets a on a.asset_id = p.asset_id
                    where p.status = cast(:status as task_status)
                        and (cast(:task as text) is null or p.task = cast(:task as text))
                        and (p.updated_at, p.asset_id, p.task) < (:time, :id, :after)
                    order by p.updated_at desc, p.asset_id desc, p.task desc
                    limit :limit
                    """);

    private final JdbcClient jdbc;

    public Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<LedgerEntry> latestFirst(
            TaskStatus status, @Nullable String task, @Nullable Position after, int limit) {
        OffsetDateTime time =
                after == null ? OffsetDateTime.MAX : after.time().atOffset(ZoneOffset.UTC);
        return jdbc.sql(LATEST_FIRST.text())
                .param("status", status.wireName())
                .param("task", task, Types.VARCHAR)
                .param("time", time)
                .param("id", after == null ? new UUID(-1, -1) : after.id())
                .param("after", after == null ? "" : after.name())
                .param("limit", limit)
                .query(Ledger::entry)
                .list();
    }

    private static LedgerEntry entry(ResultSet row, int number) throws SQLException {
        return new LedgerEntry(
                Objects.requireNonNull(row.getObject("asset_id", UUID.class)),
                row.getLong("asset_no"),
                row.getString("original_filename"),
                row.getString("task"),
                row.getString("status"),
                row.getInt("attempts"),
                row.getInt("max_attempts"),
                row.getString("last_error"),
                row.getLong("asset_version"),
                Objects.requireNonNull(row.getObject("updated_at", OffsetDateTime.class))
                        .toInstant());
    }
}
