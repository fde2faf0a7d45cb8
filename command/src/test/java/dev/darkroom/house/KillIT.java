package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.command.RunningSystem;
import dev.darkroom.command.up.RolePasswords;
import dev.darkroom.database.Login;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.schema.Role;
import dev.darkroom.sync.cdc.Rebuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of everything, in the middle of an import, ten times at random.
///
/// The moments come from a seed, which a failure names: run it again with `-Dkill.seed=…`.
class KillIT {
    private static final int PHOTOS = 1_000;
    private static final int KILLS = 10;

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    @TempDir private Path folder;
    private Process up;

    @AfterEach
    void stop() throws InterruptedException {
        if (up != null && up.isAlive()) {
            up.destroy();
            if (!up.waitFor(60, TimeUnit.SECONDS)) {
                up.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void everyAcceptedPhotoIsThereOnceAfterTenKills() throws Exception {
        // given
        Map<UUID, Path> photos = new LinkedHashMap<>();
        for (Path photo : Photos.many(folder.resolve("photos"), PHOTOS, 13)) {
            photos.put(EventCodec.newId(), photo);
        }
        Deque<UUID> toSubmit = new ArrayDeque<>(photos.keySet());
        Set<UUID> accepted = new HashSet<>();

        // when
        for (int kill = 0; kill < KILLS; kill++) {
            RunningSystem system = start();
            submit(system, toSubmit, PHOTOS / KILLS, photos, accepted);
            waitAtRandom();
            up.destroyForcibly().waitFor();
        }
        RunningSystem system = start();
        submit(system, toSubmit, toSubmit.size(), photos, accepted);

        // then
        assertThat(accepted).as("seed %d", seed).hasSize(PHOTOS);
        awaitReady(system, accepted);
        assertThat(rows(system, "select asset_id from assets"))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(texts(accepted));
        assertThat(
                        rows(
                                system,
                                """
                                select asset_id from thumbnails group by asset_id
                                having array_agg(size order by size) = '{large,medium,small}'
                                """))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(texts(accepted));
        awaitEmbedded(system, accepted);
        assertOriginalsAreWhole(system, photos);
        assertTopicsRebuildTheTables(system);
    }

    /// Starts `up`, as a process of its own, on the same folder each time.
    private RunningSystem start() throws IOException {
        Path data = folder.resolve("data");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.darkroom.command.Darkroom",
                        "up",
                        "--no-install",
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--upload-port",
                        "0",
                        "--sync-port",
                        "0",
                        "--embedding-port",
                        "0",
                        "--allow",
                        folder.toString());
        Path log = folder.resolve("up.log");
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        up = builder.start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .failFast("up ended (seed " + seed + "), see " + log, () -> !up.isAlive())
                .until(() -> RunningSystem.find(data).filter(s -> s.pid() == up.pid()).isPresent());
        return RunningSystem.find(data).orElseThrow();
    }

    /// Publishes the next photos. What Kafka did not acknowledge is published again, with the same
    /// id.
    private void submit(
            RunningSystem system,
            Deque<UUID> toSubmit,
            int count,
            Map<UUID, Path> photos,
            Set<UUID> accepted)
            throws IOException {
        Map<UUID, CompletableFuture<Void>> sent = new LinkedHashMap<>();
        try (Uploader uploader = new Uploader(system.kafka())) {
            for (int i = 0; i < count && !toSubmit.isEmpty(); i++) {
                UUID id = toSubmit.poll();
                sent.put(id, uploader.submit(id, photos.get(id)));
            }
            sent.forEach(
                    (id, acknowledged) -> {
                        try {
                            acknowledged.join();
                            accepted.add(id);
                        } catch (CompletionException e) {
                            toSubmit.add(id);
                        }
                    });
        }
    }

    private void waitAtRandom() {
        Duration wait = Duration.ofMillis(random.nextInt(4_000));
        long until = System.nanoTime() + wait.toNanos();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> System.nanoTime() >= until);
    }

    private void awaitReady(RunningSystem system, Set<UUID> accepted) {
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(
                                                rows(
                                                        system,
                                                        "select asset_id from assets where ready_version = version"))
                                        .as("ready, seed %d", seed)
                                        .hasSize(accepted.size()));
    }

    private void awaitEmbedded(RunningSystem system, Set<UUID> accepted) {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(rows(system, "select asset_id from embeddings"))
                                        .as("seed %d", seed)
                                        .containsExactlyInAnyOrderElementsOf(texts(accepted)));
    }

    private void assertOriginalsAreWhole(RunningSystem system, Map<UUID, Path> photos)
            throws Exception {
        Path library = folder.resolve("data").resolve("library");
        for (String row :
                rows(
                        system,
                        "select asset_id || ' ' || storage_path from assets order by asset_no")) {
            String[] parts = row.split(" ", 2);
            Path original = library.resolve(parts[1].replaceFirst("^repo://[^/]+/", ""));
            assertThat(Files.mismatch(original, photos.get(UUID.fromString(parts[0]))))
                    .as(row)
                    .isEqualTo(-1);
        }
    }

    private void assertTopicsRebuildTheTables(RunningSystem system) throws Exception {
        try (Connection connection = connect(system)) {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertTopicsRebuildTheTables(system, connection));
        }
    }

    private void assertTopicsRebuildTheTables(RunningSystem system, Connection connection)
            throws Exception {
        for (var topic : Rebuild.fromTopics(system.kafka()).entrySet()) {
            assertThat(topic.getValue().differences(connection))
                    .as("%s, seed %d", topic.getKey(), seed)
                    .isEmpty();
        }
    }

    private List<String> rows(RunningSystem system, String sql) throws Exception {
        try (Connection connection = connect(system);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    private Connection connect(RunningSystem system) throws IOException, SQLException {
        Login owner = RolePasswords.of(folder.resolve("data")).login(Role.OWNER);
        return DriverManager.getConnection(system.jdbcUrl(), owner.user(), owner.password());
    }

    private static List<String> texts(Set<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }
}
