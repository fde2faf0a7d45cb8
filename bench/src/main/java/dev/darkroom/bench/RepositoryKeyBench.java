package dev.darkroom.bench;

import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.Migrations;
import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.schema.Role;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.springframework.util.FileSystemUtils;

/// What it costs to keep files without a repository out of `file_records`, when a first scan writes
/// them: not at all, with our trigger once a statement, with a foreign key.
public final class RepositoryKeyBench {
    private static final int ROWS = Integer.getInteger("files", 500_000);
    private static final int BATCH = 10_000;
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final String ID = "01981c2a-1111-7bbb-8ccc-0123456789ab";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Connection connection;

    /// How rows are checked.
    private enum Check {
        NONE("alter table file_records disable trigger file_records_repository"),
        TRIGGER("alter table file_records enable trigger file_records_repository"),
        FOREIGN_KEY(
                "alter table file_records disable trigger file_records_repository,"
                        + " add constraint bench_key foreign key (repository_id) references repositories"
                        + " on delete cascade"),
        DEFERRED_KEY(
                "alter table file_records disable trigger file_records_repository,"
                        + " add constraint bench_key foreign key (repository_id) references repositories"
                        + " on delete cascade deferrable initially deferred");

        private final String sql;

        Check(String sql) {
            this.sql = sql;
        }
    }

    private RepositoryKeyBench(Connection connection) {
        this.connection = connection;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-key");
        try (Backends backends = Backends.start(folder, BackendOptions.defaults())) {
            PostgresAddress server = backends.postgres();
            DatabaseAddress address = new DatabaseAddress(server.host(), server.port(), "darkroom");
            Login login = new Login(server.adminUser(), server.adminPassword());
            new Bootstrap(address, login)
                    .run(
                            Arrays.stream(Role.values())
                                    .collect(Collectors.toMap(role -> role, _ -> "bench")));
            new Migrations(address, new Login(Role.OWNER.roleName(), "bench")).migrate();
            try (Connection connection =
                    DriverManager.getConnection(
                            address.jdbcUrl(), login.user(), login.password())) {
                new RepositoryKeyBench(connection).run();
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    private void run() throws Exception {
        execute(
                "insert into repositories (repository_id, name, path) values ('%s', 'bench', '/b')"
                        .formatted(ID));
        Map<Check, List<Double>> times = new EnumMap<>(Check.class);
        for (int round = 0; round <= ROUNDS; round++) {
            for (Check check : Check.values()) {
                double seconds = load(check);
                if (round > 0) {
                    times.computeIfAbsent(check, _ -> new ArrayList<>()).add(seconds);
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "%,d rows in COPYs of %,d, medians of %d rounds%n%n| check | s | µs a row | x none |%n|---|--:|--:|--:|%n",
                ROWS,
                BATCH,
                ROUNDS);
        double none = median(times.getOrDefault(Check.NONE, List.of()));
        times.forEach(
                (check, seconds) ->
                        out.printf(
                                Locale.ROOT,
                                "| %s | %.2f | %.2f | %.2f |%n",
                                check,
                                median(seconds),
                                median(seconds) * 1e6 / ROWS,
                                median(seconds) / none));
    }

    private double load(Check check) throws Exception {
        execute("truncate file_records");
        execute("alter table file_records drop constraint if exists bench_key");
        execute(check.sql);
        execute("checkpoint");
        connection.setAutoCommit(false);
        long start = System.nanoTime();
        for (int from = 0; from < ROWS; from += BATCH) {
            execute("set local synchronous_commit = off");
            byte[] rows = rows(from);
            var copy =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "copy file_records (repository_id, file_path, file_size, mod_time,"
                                            + " change_time, device, inode, scan_generation) from stdin");
            copy.writeToCopy(rows, 0, rows.length);
            copy.endCopy();
            connection.commit();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        connection.setAutoCommit(true);
        return seconds;
    }

    private static byte[] rows(int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + BATCH; i++) {
            text.append(ID)
                    .append("\t2024/05/17/IMG_")
                    .append(100_000_000 + i)
                    .append(".JPG\t4000000\t2024-05-17 10:00:00Z\t2024-05-17 10:00:00Z\t66\t")
                    .append(i)
                    .append("\t1\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
