package dev.darkroom.sync.folders.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.database.Login;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.schema.Role;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Many files that were just found, before PostgreSQL has counted them: each row is read once, and
/// not once for each page.
class FreshRowsIT {
    private static final int FILES = 50_000;

    private final UUID id = UUID.randomUUID();
    private Connection connection;
    private DataSource sync;

    @BeforeEach
    void findFiles() throws SQLException {
        MigratedDatabase database = MigratedDatabase.create();
        JdbcClient admin = database.asAdmin();
        admin.sql("alter table file_records set (autovacuum_enabled = false)").update();
        admin.sql(
                        "insert into repositories (repository_id, name, path) values (:id, :id, '/' || :id)")
                .param("id", id)
                .update();
        admin.sql(
                        """
                        insert into file_records (repository_id, file_path, file_size, mod_time, change_time, device,
                            inode, scan_generation)
                        select :id, (i / 250) || '/' || i, 1, now(), now(), 1, i, 1 from generate_series(1, :files) i
                        """)
                .param("id", id)
                .param("files", FILES)
                .update();
        Login login = database.login(Role.SYNC);
        connection =
                DriverManager.getConnection(
                        database.address().jdbcUrl(), login.user(), login.password());
        sync = new SingleConnectionDataSource(connection, true);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void theRowsOfARepositoryAreReadOnce() throws Exception {
        int rows = 0;
        try (KnownFiles known = new KnownFiles(sync, id, null)) {
            while (known.next()) {
                rows++;
            }
        }

        assertThat(rows).isEqualTo(FILES);
        assertThat(rowsRead()).isLessThan(2 * FILES);
    }

    @Test
    void filesToBeReadAreFetchedWithoutLookingAtAllOfThem() throws Exception {
        PendingFiles pending = new PendingFiles(sync, id);
        Set<Long> fetched = new HashSet<>();
        for (int page = 0; page < 10; page++) {
            long[] except = fetched.stream().mapToLong(Long::longValue).toArray();
            List<KnownFile> files = pending.fetch(0, except, 100);
            files.forEach(file -> fetched.add(file.fileId()));
        }

        assertThat(fetched).hasSize(1_000);
        assertThat(rowsRead()).isLessThan(FILES);
    }

    private long rowsRead() throws SQLException {
        connection.setAutoCommit(true);
        JdbcClient jdbc = JdbcClient.create(sync);
        jdbc.sql("select pg_stat_force_next_flush()::text").query().singleRow();
        return jdbc.sql(
                        "select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where relname = 'file_records'")
                .query(Long.class)
                .single();
    }
}
