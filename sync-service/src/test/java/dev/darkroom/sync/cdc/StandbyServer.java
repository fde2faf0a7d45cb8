package dev.darkroom.sync.cdc;

import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/// A second PostgreSQL that follows the first and keeps a copy of its replication slots, as
/// docs/stream-repair.md tells operators to set one up.
///
/// It starts from a copy of the primary's files, taken while the primary says where its backup
/// begins and ends.
final class StandbyServer implements AutoCloseable {
    private static final String SLOT = "standby_1";

    /// What belongs to one server alone, and what the backup makes anew.
    private static final Set<String> NOT_COPIED =
            Set.of("postmaster.pid", "postmaster.opts", "pg_replslot", "pg_wal", "pg_stat_tmp");

    private final Backends backends;

    private StandbyServer(Backends backends) {
        this.backends = backends;
    }

    /// @param primary the folder that the primary's backends run on
    /// @param folder empty
    static StandbyServer follow(PostgresAddress server, Path primary, Path folder)
            throws SQLException, IOException {
        Path data = folder.resolve("postgres");
        Files.createDirectories(folder);
        Files.copy(primary.resolve("secrets.properties"), folder.resolve("secrets.properties"));
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_create_physical_replication_slot('" + SLOT + "', true)");
            statement.execute("alter system set synchronized_standby_slots = '" + SLOT + "'");
            statement.execute("select pg_reload_conf()");
            statement.execute("select pg_backup_start('standby', true)");
            copy(primary.resolve("postgres"), data);
            try (ResultSet row =
                    statement.executeQuery(
                            "select labelfile from pg_backup_stop(wait_for_archive => false)")) {
                row.next();
                Files.writeString(data.resolve("backup_label"), row.getString(1));
            }
        }
        Files.writeString(data.resolve("postgresql.auto.conf"), settings(server));
        Files.createFile(data.resolve("standby.signal"));
        return new StandbyServer(
                Backends.startPostgres(folder, BackendOptions.defaults().withDurable(false)));
    }

    /// `synchronized_standby_slots` is the primary's alone: after a promotion nothing follows this
    /// server, and waiting for it would stop the stream.
    private static String settings(PostgresAddress primary) {
        return """
                primary_conninfo = 'host=%s port=%d user=%s password=%s dbname=darkroom'
                primary_slot_name = '%s'
                hot_standby = on
                hot_standby_feedback = on
                sync_replication_slots = on
                synchronized_standby_slots = ''
                """
                .formatted(
                        primary.host(),
                        primary.port(),
                        primary.adminUser(),
                        primary.adminPassword(),
                        SLOT);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        Path copy = to.resolve(from.relativize(folder));
                        Files.createDirectory(copy);
                        Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(folder));
                        return NOT_COPIED.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (!NOT_COPIED.contains(file.getFileName().toString())) {
                            copyIfThere(file, to.resolve(from.relativize(file)));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    // A running server removes files.
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to);
        } catch (NoSuchFileException e) {
            // Removed since the folder was listed: what is needed of it is in the log.
        }
    }

    PostgresAddress address() {
        return backends.postgres();
    }

    /// Whether it has a copy of the slot that a promotion makes usable.
    boolean hasCopyOfSlot() throws SQLException {
        return query(
                        "select count(*) from pg_replication_slots where slot_name = 'darkroom_cdc'"
                                + " and synced and not temporary and invalidation_reason is null")
                .equals("1");
    }

    void promote() throws SQLException {
        query("select pg_promote()");
    }

    String query(String sql) throws SQLException {
        try (Connection connection = connect(address());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private static Connection connect(PostgresAddress server) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl("darkroom"), server.adminUser(), server.adminPassword());
    }

    @Override
    public void close() {
        backends.close();
    }
}
