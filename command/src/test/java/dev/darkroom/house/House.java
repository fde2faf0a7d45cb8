package dev.darkroom.house;

import dev.darkroom.command.RunningSystem;
import dev.darkroom.command.up.RolePasswords;
import dev.darkroom.command.up.Steps;
import dev.darkroom.command.up.UpOptions;
import dev.darkroom.command.up.UpPorts;
import dev.darkroom.command.up.WholeSystem;
import dev.darkroom.database.Login;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole system, started as `up` starts it, on a folder that is deleted at the end. One for all
/// tests of this JVM.
final class House {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WholeSystem system;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    private House(WholeSystem system, Path folder) {
        this.system = system;
        this.folder = folder;
    }

    static House shared() {
        return Shared.HOUSE;
    }

    private static House open() {
        try {
            Path folder = Files.createTempDirectory("darkroom-house");
            WholeSystem system =
                    WholeSystem.start(
                            new UpOptions(
                                    folder.resolve("data"),
                                    new UpPorts(0, 0, 0, 0, 0),
                                    null,
                                    UpOptions.OnFailedMigration.FAIL,
                                    List.of(folder)),
                            new Steps(new PrintStream(PrintStream.nullOutputStream())));
            Runtime.getRuntime().addShutdownHook(new Thread(system::close));
            return new House(system, folder);
        } catch (Exception e) {
            throw new IllegalStateException("the house did not start", e);
        }
    }

    RunningSystem running() {
        return system.running();
    }

    /// The data folder, as `--data` names it.
    Path data() {
        return folder.resolve("data");
    }

    /// A folder that submissions may name.
    Path folder(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name + "-" + UUID.randomUUID()));
    }

    /// The library's answer, or null while there is none.
    JsonNode asset(UUID assetId) throws Exception {
        HttpResponse<String> response = get("/api/assets/" + assetId);
        return response.statusCode() == 200 ? JSON.readTree(response.body()) : null;
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(running().library().resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(running().library().resolve(path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    URI uploads(String path) {
        return running().uploads().resolve(path);
    }

    Connection database() throws SQLException, IOException {
        Login owner = RolePasswords.of(data()).login(Role.OWNER);
        return DriverManager.getConnection(running().jdbcUrl(), owner.user(), owner.password());
    }

    /// Who may make databases on the system's server.
    Login administrator() throws IOException {
        return RolePasswords.administrator(data()).orElseThrow();
    }

    /// A client logged in as a service's role.
    JdbcClient as(Role role) throws IOException {
        Login login = RolePasswords.of(data()).login(role);
        return JdbcClient.create(
                new DriverManagerDataSource(running().jdbcUrl(), login.user(), login.password()));
    }

    /// What a query answers, one text per row.
    List<String> query(String sql) throws SQLException, IOException {
        try (Connection connection = database();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    /// Everything on a topic so far that satisfies a condition.
    List<ConsumerRecord<byte[], byte[]>> records(
            String topic, Predicate<ConsumerRecord<byte[], byte[]>> condition) {
        return records(running().kafka(), topic, condition);
    }

    static List<ConsumerRecord<byte[], byte[]>> records(
            String bootstrapServers,
            String topic,
            Predicate<ConsumerRecord<byte[], byte[]>> condition) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(
                                record -> {
                                    if (condition.test(record)) {
                                        found.add(record);
                                    }
                                });
            }
            return found;
        }
    }

    private static final class Shared {
        static final House HOUSE = open();
    }
}
