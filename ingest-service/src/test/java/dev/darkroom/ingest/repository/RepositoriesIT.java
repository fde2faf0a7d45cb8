package dev.darkroom.ingest.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.delivery.Topics;
import dev.darkroom.ingest.IngestServiceApplication;
import dev.darkroom.schema.FileCreated;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Sha256;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Repositories over HTTP, on the running service with a real Kafka and a real PostgreSQL.
class RepositoriesIT {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir static Path scratch;
    private static MigratedDatabase migrated;
    private static JdbcClient database;
    private static KafkaProperties kafka;
    private static ConfigurableApplicationContext service;
    private static URI address;
    private static Path allowed;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        Path real = scratch.toRealPath();
        allowed = Files.createDirectories(real.resolve("allowed"));
        migrated = MigratedDatabase.create();
        database = migrated.asAdmin();
        kafka = new KafkaProperties(migrated.bootstrapServers(), 1, (short) -1);
        new Topics(kafka).ensureEventTopics();
        service =
                new SpringApplicationBuilder(IngestServiceApplication.class)
                        .run(
                                "--spring.config.name=ingest-service",
                                "--server.port=0",
                                "--darkroom.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                                "--darkroom.kafka.partitions=1",
                                "--darkroom.database.host=" + migrated.address().host(),
                                "--darkroom.database.port=" + migrated.address().port(),
                                "--darkroom.database.name=" + migrated.address().name(),
                                "--darkroom.database.password=" + MigratedDatabase.PASSWORD,
                                "--darkroom.ingest.library-folder="
                                        + allowed.resolve("data/library"),
                                "--darkroom.ingest.own-folders[0]=" + allowed.resolve("data"),
                                "--darkroom.ingest.allowed-roots[0]=" + allowed,
                                "--darkroom.upload.folder=" + real.resolve("uploads"));
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        address = URI.create("http://127.0.0.1:" + port);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aFolderIsRegisteredWithWhatItsOwnerWants() throws Exception {
        Path folder = folder("whole");
        UUID owner = UUID.randomUUID();

        HttpResponse<String> answer =
                send(
                        "POST",
                        "",
                        Map.of(
                                "path",
                                folder.toString(),
                                "name",
                                "Holidays",
                                "storageStrategy",
                                "cas",
                                "importMode",
                                "copy",
                                "ownerId",
                                owner.toString(),
                                "ignorePatterns",
                                List.of("*.tmp", "raw/[0-9]*/"),
                                "writable",
                                true,
                                "rescanIntervalSeconds",
                                60,
                                "deleteFusePercent",
                                25,
                                "watched",
                                false));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode added = JSON.readTree(answer.body());
        String id = added.path("repositoryId").asString();
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/repositories/" + id);
        JsonNode read = JSON.readTree(send("GET", "/" + id, null).body());
        assertThat(read).isEqualTo(added);
        assertThat(read.path("name").asString()).isEqualTo("Holidays");
        assertThat(read.path("storageStrategy").asString()).isEqualTo("cas");
        assertThat(read.path("importMode").asString()).isEqualTo("copy");
        assertThat(read.path("ownerId").asString()).isEqualTo(owner.toString());
        assertThat(read.path("ignorePatterns")).hasSize(2);
        assertThat(read.path("deleteFusePercent").asInt()).isEqualTo(25);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsNotSaidIsAsUsual() throws Exception {
        JsonNode added = added("usual");

        assertThat(added.path("name").asString()).isEqualTo("usual");
        assertThat(added.path("importMode").asString()).isEqualTo("in-place");
        assertThat(added.path("watched").asBoolean()).isTrue();
        assertThat(added.path("writable").asBoolean()).isFalse();
        assertThat(added.path("isDefault").asBoolean()).isFalse();
    }

    @Test
    void theDefaultRepositoryIsListedFirstAndIsNeverWatched() throws Exception {
        JsonNode first = JSON.readTree(send("GET", "", null).body()).path("items").get(0);
        assertThat(first.path("isDefault").asBoolean()).isTrue();
        String id = "/" + first.path("repositoryId").asString();

        assertProblem(send("PATCH", id, Map.of("watched", true)), 409, "watched", "never watched");
        assertProblem(send("DELETE", id + "?forget=true", null), 409, "", "stays");
    }

    @ParameterizedTest
    @CsvSource({
        "photos, path, a path from the root",
        "/nowhere/to/be/found, path, no such folder",
        "/etc, path, outside the folders that may be read",
        "%/file.txt, path, not a folder",
        "%/data, path, keeps its own files",
        "%/data/library, path, keeps its own files",
        "%, path, keeps its own files",
    })
    void aFolderThatCannotBeOneIsRefused(String path, String field, String why) throws Exception {
        Files.writeString(allowed.resolve("file.txt"), "x");

        assertProblem(
                send("POST", "", Map.of("path", path.replace("%", allowed.toString()))),
                422,
                field,
                why);
    }

    @Test
    void aLinkCountsByWhereItLeads() throws Exception {
        Path link =
                Files.createSymbolicLink(allowed.resolve("link"), Files.createTempDirectory("out"));

        assertProblem(send("POST", "", Map.of("path", link.toString())), 422, "path", "outside");
    }

    @Test
    void repositoriesDoNotLieInEachOther() throws Exception {
        Path folder = folder("outer/middle/inner");
        added("outer/middle");

        assertProblem(
                send("POST", "", Map.of("path", folder.toString())), 409, "path", "inside of");
        assertProblem(
                send("POST", "", Map.of("path", allowed.resolve("outer").toString())),
                409,
                "path",
                "inside");
        assertProblem(
                send("POST", "", Map.of("path", allowed.resolve("outer/middle").toString())),
                409,
                "path",
                "registered already");
        added("outer/middle2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | \"\" | 1 to 255",
                "storageStrategy | \"year\" | date, flat, cas",
                "importMode | \"move\" | in-place, copy",
                "ownerId | \"me\" | UUID",
                "ignorePatterns | [\"a[b\"] | bracket",
                "ignorePatterns | [\"\"] | pattern",
                "ignorePatterns | \"*.tmp\" | list",
                "writable | \"yes\" | true or false",
                "rescanIntervalSeconds | 0 | at least 1",
                "deleteFusePercent | 101 | 0 to 100",
                "deleteFusePercent | 1.5 | whole number",
                "color | 1 | no such setting"
            })
    void aWrongSettingIsNamed(String field, String value, String why) throws Exception {
        JsonNode before = added("settings-" + UUID.randomUUID());
        String id = "/" + before.path("repositoryId").asString();

        HttpResponse<String> answer =
                raw("PATCH", id, "{\"" + field + "\": " + value + ", \"watched\": false}");

        assertProblem(answer, 422, field, why);
        assertThat(JSON.readTree(send("GET", id, null).body())).isEqualTo(before);
    }

    @Test
    void settingsAreChangedOneByOneAndThePathStays() throws Exception {
        JsonNode before = added("change");
        String id = "/" + before.path("repositoryId").asString();

        JsonNode after =
                JSON.readTree(
                        send("PATCH", id, Map.of("deleteFusePercent", 50, "name", "New")).body());

        assertThat(after.path("deleteFusePercent").asInt()).isEqualTo(50);
        assertThat(after.path("name").asString()).isEqualTo("New");
        assertThat(after.path("rescanIntervalSeconds").asInt()).isEqualTo(3_600);
        assertProblem(send("PATCH", id, Map.of("path", "/tmp")), 409, "path", "stays where it is");
        assertProblem(raw("PATCH", id, "{"), 422, "", "no JSON");
        assertThat(send("GET", "/" + UUID.randomUUID(), null).statusCode()).isEqualTo(404);
        assertThat(send("GET", "/seven", null).statusCode()).isEqualTo(422);
    }

    @Test
    void aFileOfItBecomesAnAssetAndForgettingTheRepositoryTouchesNoFile() throws Exception {
        // given
        JsonNode repository = added("followed");
        UUID id = UUID.fromString(repository.path("repositoryId").asString());
        Path photo = photo(allowed.resolve("followed/one.jpg"));

        // when
        FileCreated created = record(id, photo);
        try (EventPublisher publisher = new EventPublisher(kafka, new EventCodec(), "test")) {
            publisher.publish(created).join();
        }

        // then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(paths(id)).containsExactly("repo://" + id + "/one.jpg"));
        assertThat(get("/" + id).path("assets").asInt()).isEqualTo(1);

        // watched, so it is not forgotten by mistake
        assertProblem(send("DELETE", "/" + id + "?forget=true", null), 409, "watched", "stop that");
        assertThat(send("DELETE", "/" + id, null).statusCode()).isEqualTo(200);
        assertThat(get("/" + id).path("watched").asBoolean()).isFalse();
        assertThat(paths(id)).hasSize(1);
        assertThat(send("DELETE", "/" + id + "?forget=true", null).statusCode()).isEqualTo(204);
        assertThat(send("GET", "/" + id, null).statusCode()).isEqualTo(404);
        assertThat(paths(id)).isEmpty();
        assertThat(photo).exists();
    }

    private FileCreated record(UUID repositoryId, Path file) throws Exception {
        Instant modified =
                Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MICROS);
        Sha256 sha256;
        try (InputStream bytes = Files.newInputStream(file)) {
            sha256 = Sha256.of(bytes);
        }
        long fileId =
                JdbcClient.create(migrated.pool(Role.SYNC))
                        .sql(
                                """
                                insert into file_records (repository_id, file_path, file_size, mod_time,
                                    change_time, device, inode, content_hash, content_version, hash_pending)
                                values (:repository, :path, :size, :modified, now(), 1, 1, :hash, 1, false)
                                returning file_id
                                """)
                        .param("repository", repositoryId)
                        .param("path", file.getFileName().toString())
                        .param("size", Files.size(file))
                        .param("modified", modified.atOffset(ZoneOffset.UTC))
                        .param("hash", sha256.contentHash())
                        .query(Long.class)
                        .single();
        return new FileCreated(
                repositoryId,
                fileId,
                1,
                new FilePath(file.getFileName().toString()),
                Files.size(file),
                sha256,
                modified);
    }

    private static List<String> paths(UUID repositoryId) {
        return database.sql("select storage_path from assets where repository_id = :id")
                .param("id", repositoryId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static Path photo(Path file) throws Exception {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "jpg", file.toFile());
        return file;
    }

    private static Path folder(String name) throws Exception {
        return Files.createDirectories(allowed.resolve(name));
    }

    private JsonNode added(String name) throws Exception {
        HttpResponse<String> answer = send("POST", "", Map.of("path", folder(name).toString()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(send("GET", path, null).body());
    }

    private static void assertProblem(
            HttpResponse<String> answer, int status, String field, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("type").asString()).startsWith("urn:darkroom:problem:");
        assertThat(problem.path("field").asString("")).isEqualTo(field);
        assertThat(problem.path("detail").asString()).contains(why);
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable Map<String, Object> body) throws Exception {
        return raw(method, path, body == null ? null : JSON.writeValueAsString(body));
    }

    private HttpResponse<String> raw(String method, String path, @Nullable String body)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(address.resolve("/api/repositories" + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
