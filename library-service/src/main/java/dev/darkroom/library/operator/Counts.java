package dev.darkroom.library.operator;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows counted: assets, tasks, thumbnails, outbox.
public class Counts {
    static final Sql ASSETS =
            new Sql(
                    """
                    select asset_type,
                        count(*) filter (where deleted_at is null) as total,
                        count(*) filter (where deleted_at is null and ready_version >= version)
                            as ready,
                        count(*) filter (where deleted_at is not null) as deleted,
                        coalesce(sum(file_size) filter (where deleted_at is null), 0) as bytes
                    from assets group by asset_type order by asset_type
                    """);

    static final Sql TASKS =
            new Sql(
                    """
                    select task, status, count(*) as total from processing_tasks
                    group by task, status order by task, status
                    """);

    static final Sql THUMBNAILS =
            new Sql(
                    """
                    select size, count(*) as total, sum(file_size) as bytes from thumbnails
                    group by size order by min(width * height)
                    """);

    static final Sql OUTBOX =
            new Sql(
                    """
                    select count(*) as rows,
                        cast(extract(epoch from now() - min(created_at)) as bigint) as oldest_seconds,
                        cast(extract(epoch from now() - max(created_at)) as bigint) as newest_seconds
                    from outbox
                    """);

    private final JdbcClient jdbc;

    public Counts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Status.OfType> assets() {
        return jdbc.sql(ASSETS.text()).query(Counts::ofType).list();
    }

    List<Status.OfTask> tasks() {
        return jdbc.sql(TASKS.text()).query(Counts::ofTask).list();
    }

    List<Status.OfSize> thumbnails() {
        return jdbc.sql(THUMBNAILS.text()).query(Counts::ofSize).list();
    }

    Status.Outbox outbox() {
        return jdbc.sql(OUTBOX.text()).query(Counts::outboxRow).single();
    }

    private static Status.OfType ofType(ResultSet row, int number) throws SQLException {
        return new Status.OfType(
                row.getString("asset_type"),
                row.getLong("total"),
                row.getLong("ready"),
                row.getLong("deleted"),
                row.getLong("bytes"));
    }

    private static Status.OfTask ofTask(ResultSet row, int number) throws SQLException {
        return new Status.OfTask(
                row.getString("task"), row.getString("status"), row.getLong("total"));
    }

    private static Status.OfSize ofSize(ResultSet row, int number) throws SQLException {
        return new Status.OfSize(row.getString("size"), row.getLong("total"), row.getLong("bytes"));
    }

    private static Status.Outbox outboxRow(ResultSet row, int number) throws SQLException {
        return new Status.Outbox(
                row.getLong("rows"),
                row.getObject("oldest_seconds", Long.class),
                row.getObject("newest_seconds", Long.class));
    }
}
