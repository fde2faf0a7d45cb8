package dev.darkroom.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.delivery.Topics;
import dev.darkroom.ingest.IngestServiceApplication;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.StorageUri;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From the HTTP doors to the row in `assets`, over a real Kafka and a real PostgreSQL.
class UploadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path DESCRIPTION = Path.of("..", "docs", "openapi-ingest.yaml");

    @TempDir static Path folder;
    private static JdbcClient database;
    private static ConfigurableApplicationContext service;
    private static URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        MigratedDatabase migrated = MigratedDatabase.create();
        database = migrated.asAdmin();
        KafkaProperties kafka = new KafkaProperties(migrated.bootstrapServers(), 1, (short) -1);
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
                                "--darkroom.ingest.library-folder=" + folder.resolve("library"),
                                "--darkroom.upload.folder=" + folder.resolve("uploads"));
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        address = URI.create("http://127.0.0.1:" + port);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /// When the interface was meant to change: run this test with `-Dsnapshots=write` and commit
    /// the file.
    @Test
    void theInterfaceIsWhatTheCommittedDescriptionSays() throws Exception {
        String served = send(request("/openapi.yaml").GET()).body();
        if ("write".equals(System.getProperty("snapshots"))) {
            Files.writeString(DESCRIPTION, served);
        }

        assertThat(served).isEqualTo(Files.readString(DESCRIPTION));
    }

    @Test
    void everyOperationSaysWhatItIs() throws Exception {
        JsonNode api = JsonMapper.shared().readTree(send(request("/v3/api-docs").GET()).body());

        List<JsonNode> operations =
                api.path("paths").valueStream().flatMap(JsonNode::valueStream).toList();
        assertThat(operations).hasSizeGreaterThan(10);
        assertThat(operations)
                .allSatisfy(
                        operation -> {
                            assertThat(operation.path("summary").asString("")).isNotBlank();
                            assertThat(operation.path("responses").has("default")).isTrue();
                        });
    }

    @Test
    void aFileInAFormBecomesAnAsset() throws Exception {
        byte[] photo = photo(1);

        HttpResponse<String> answer =
                send(
                        request("/api/assets")
                                .header("Content-Type", FormBody.CONTENT_TYPE)
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                new FormBody().file("form.jpg", photo).end())));

        assertThat(answer.statusCode()).isEqualTo(202);
        String assetId = JsonMapper.shared().readTree(answer.body()).get("assetId").asString();
        awaitAsset(UUID.fromString(assetId), photo);
    }

    @Test
    void aResumedUploadBecomesAnAsset() throws Exception {
        byte[] photo = photo(2);
        HttpResponse<String> created =
                send(
                        tus("/api/uploads")
                                .header("Upload-Length", Integer.toString(photo.length))
                                .POST(BodyPublishers.noBody()));
        String path = created.headers().firstValue("Location").orElseThrow();

        patch(path, 0, Arrays.copyOf(photo, 1_000));
        patch(path, 1_000, Arrays.copyOfRange(photo, 1_000, photo.length));

        awaitAsset(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)), photo);
    }

    @Test
    void saysSoWhenKafkaDoesNotAnswer() {
        KafkaProperties nobody = new KafkaProperties("127.0.0.1:1", 1, (short) -1);
        AssetSubmitted submission =
                new AssetSubmitted(
                        EventCodec.newId(),
                        new StorageUri("file:///a.jpg"),
                        "a.jpg",
                        1,
                        null,
                        null,
                        null,
                        2,
                        Instant.now());
        try (EventPublisher publisher = new EventPublisher(nobody, new EventCodec(), "test")) {
            Submissions submissions = new KafkaSubmissions(publisher, Duration.ofSeconds(1));

            assertThatThrownBy(() -> submissions.submit(submission))
                    .isInstanceOf(DependencyDown.class);
        }
    }

    private static void awaitAsset(UUID assetId, byte[] photo) throws Exception {
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(photo));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(hashesOf(assetId)).containsExactly("sha256:" + hash));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(folder.resolve("library/uploads/" + assetId))
                                        .doesNotExist());
        assertThat(originals()).anySatisfy(file -> assertThat(file).hasBinaryContent(photo));
    }

    private static List<String> hashesOf(UUID assetId) {
        return database.sql("select content_hash from assets where asset_id = :id::uuid")
                .param("id", assetId.toString())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static List<Path> originals() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("library/inbox"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void patch(String path, long offset, byte[] chunk) throws Exception {
        HttpResponse<String> answer =
                send(
                        tus(path)
                                .header("Upload-Offset", Long.toString(offset))
                                .header("Content-Type", "application/offset+octet-stream")
                                .method("PATCH", BodyPublishers.ofByteArray(chunk)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private static HttpRequest.Builder tus(String path) {
        return request(path).header("Tus-Resumable", "1.0.0");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    /// A small photo of one colour, each its own.
    private static byte[] photo(int colour) throws IOException {
        BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.setRGB(x, y, (x * y * colour) & 0xFFFFFF);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }
}
