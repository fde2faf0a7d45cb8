package dev.darkroom.library.search;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// All that pass a filter, newest first.
class Newest {
    static final Sql FIND =
            new Sql(
                    "select a.asset_id, a.sort_time from assets a where (a.sort_time, a.asset_id) < (:time, :id::uuid) and "
                            + FilterSql.CONDITION
                            + " order by a.sort_time desc, a.asset_id desc limit :limit");

    /// PostgreSQL reads the driver's latest time as infinity.
    private static final OffsetDateTime START_TIME = OffsetDateTime.MAX;

    private static final UUID START_ID = new UUID(-1, -1);

    private final JdbcClient jdbc;

    Newest(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Hit> find(SearchFilter filter, @Nullable SearchCursor after, int limit) {
        return statement("", filter, after, limit).query(Newest::hit).list();
    }

    /// The plan of [#find], run.
    List<String> explain(SearchFilter filter, @Nullable SearchCursor after, int limit) {
        return statement(Explain.PREFIX, filter, after, limit)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private StatementSpec statement(
            String prefix, SearchFilter filter, @Nullable SearchCursor after, int limit) {
        return FilterSql.bind(jdbc.sql(prefix + FIND.text()), filter)
                .param("time", after == null ? START_TIME : time(after.key()))
                .param("id", (after == null ? START_ID : after.id()).toString())
                .param("limit", limit);
    }

    private static OffsetDateTime time(long microseconds) {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static Hit hit(ResultSet row, int number) throws SQLException {
        OffsetDateTime time =
                Objects.requireNonNull(row.getObject("sort_time", OffsetDateTime.class));
        return new Hit(
                row.getObject("asset_id", UUID.class),
                ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant()),
                null);
    }
}
