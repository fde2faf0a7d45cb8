package dev.darkroom.sync.folders;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.schema.Role;
import dev.darkroom.sync.folders.records.Operations;
import dev.darkroom.sync.folders.records.Operations.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Repositories in one folder and a database of their own, and the instances that keep them.
final class Neighbourhood {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final MigratedDatabase database;
    final JdbcClient admin;
    final HikariDataSource pool;
    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();

    Neighbourhood(Path folder) throws SQLException {
        this.folder = folder;
        this.database = MigratedDatabase.create();
        this.admin = database.asAdmin();
        this.pool = database.pool(Role.SYNC);
    }

    static FolderProperties quick() {
        return new FolderProperties(
                true,
                Duration.ofMillis(100),
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                1,
                Duration.ofDays(30),
                Duration.ofDays(90),
                50);
    }

    /// An instance in this process.
    FolderSync instance(String name) {
        FolderSync instance = new FolderSync(pool, quick(), name);
        instance.start();
        open.add(instance);
        return instance;
    }

    /// An instance in a process of its own.
    ///
    /// @param before a command that runs the rest of its arguments
    SyncProcess process(List<String> before) throws IOException {
        SyncProcess process = SyncProcess.start(database, log(), before);
        open.add(process);
        return process;
    }

    /// What the processes say.
    Path log() {
        return folder.resolve("children.log");
    }

    UUID repository(String name) throws IOException {
        Files.createDirectories(root(name));
        return admin.sql(
                        "insert into repositories (name, path, watched) values (:name, :path, true) returning repository_id")
                .param("name", name)
                .param("path", root(name).toString())
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();
    }

    Path root(String name) {
        return folder.resolve(name);
    }

    /// All rows: the number of each file by its path.
    Map<String, Long> files(UUID id) {
        Map<String, Long> files = new TreeMap<>();
        admin.sql("select file_path, file_id from file_records where repository_id = :id")
                .param("id", id)
                .query((row, _) -> files.put(row.getString(1), row.getLong(2)))
                .list();
        return files;
    }

    List<Operation> operations(UUID id) {
        return new Operations(admin).list(id, null, 100);
    }

    /// Who keeps a repository, or an empty text.
    String holder(UUID id) {
        return admin.sql(
                        "select coalesce(max(lease_holder), '') from repository_sync where repository_id = :id and lease_until > now()")
                .param("id", id)
                .query((row, _) -> row.getString(1))
                .single();
    }

    void awaitVersion(UUID id, String path, long version) throws Exception {
        await(
                path + " in version " + version,
                () ->
                        admin.sql(
                                                "select count(*) from file_records where repository_id = :id and file_path = :path and content_version = :version")
                                        .param("id", id)
                                        .param("path", path)
                                        .param("version", version)
                                        .query((row, _) -> row.getLong(1))
                                        .single()
                                == 1);
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        pool.close();
    }
}
