package dev.darkroom.library.people;

import dev.darkroom.database.Sql;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Those who say whose faces are do so one after the other: people, and what sorts faces by itself.
/// embedding-worker, which replaces faces, waits for them and they for it (`Faces` there shares
/// this lock), so none of them meets a face that is half changed.
public class FaceTurns {
    static final Sql TAKE = new Sql("select pg_advisory_xact_lock(hashtext('people'))");

    private final JdbcClient jdbc;

    public FaceTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Waits for one's turn; it is over with the running transaction.
    public void take() {
        jdbc.sql(TAKE.text()).query((_, _) -> true).single();
    }
}
