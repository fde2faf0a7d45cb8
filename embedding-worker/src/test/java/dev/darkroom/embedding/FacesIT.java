package dev.darkroom.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.Role;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// With a model that sees one face in every picture, in the same place; what tells faces apart is
/// their colour.
class FacesIT {
    private static final String FACES =
            "select concat_ws(' ', asset_version, box_left, box_top, box_width, box_height, confidence, dimension) from faces";

    @TempDir private Path folder;
    private MigratedDatabase database;
    private JdbcClient asLibrary;
    private Library library;
    private Path model;

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.create();
        asLibrary = JdbcClient.create(database.pool(Role.LIBRARY));
        library = new Library(folder, database);
        model = ModelFolders.faces(folder.resolve("buffalo"));
    }

    @Test
    void findsTheFacesOfEachPhotoAndCutsThemOut() throws Exception {
        // given
        AssetCreated red = library.plain(Color.RED);
        try (ConfigurableApplicationContext worker = start(model)) {
            // when
            publish(worker, red);

            // then
            eventually(() -> assertThat(completed()).isEqualTo(1));
            assertThat(library.rows(FACES))
                    .containsExactly("1 0.25000 0.12500 0.25000 0.25000 0.9000 8");
            assertThat(library.rows("select landmarks -> 0 from faces"))
                    .containsExactly("[0.31250, 0.18750]");
            assertThat(
                            library.rows(
                                    "select (f.embedding <=> '[1,0,0,0,0,0,0,0]') < 0.001 from faces f join embedding_spaces s using (space_id) where s.role = 'face' and s.state = 'active' and f.model_id = s.model_id"))
                    .containsExactly("t");
            assertThat(
                            library.rows(
                                    "select available from capabilities where capability = 'faces'"))
                    .containsExactly("t");
            UUID face = UUID.fromString(library.rows("select face_id from faces").getFirst());
            HttpResponse<byte[]> picture = get(worker, "/api/faces/" + face + "/picture?size=120");
            assertThat(picture.statusCode()).isEqualTo(200);
            BufferedImage cut = ImageIO.read(new ByteArrayInputStream(picture.body()));
            assertThat(cut.getWidth()).isEqualTo(cut.getHeight()).isEqualTo(24);
            assertThat(new Color(cut.getRGB(12, 12)).getRed()).isGreaterThan(240);
            assertThat(get(worker, "/api/faces/" + UUID.randomUUID() + "/picture").statusCode())
                    .isEqualTo(404);
            Files.delete(folder.resolve(red.fileName()));
            assertThat(get(worker, "/api/faces/" + face + "/picture").statusCode()).isEqualTo(422);
        }
    }

    @Test
    void whatAPersonSaidSurvivesReprocessingNewVersionsAndLateResults() throws Exception {
        // given
        AssetCreated red = library.plain(Color.RED);
        AssetCreated green = library.plain(Color.GREEN);
        try (ConfigurableApplicationContext worker = start(model)) {
            publish(worker, red, green);
            eventually(() -> assertThat(completed()).isEqualTo(2));
            UUID ada = person("Ada", red);
            ignore(green);
            String before = said();

            // when: reprocessed, then a new version that shows the same, and the old one late
            database.asAdmin()
                    .sql("update processing_tasks set status = 'pending' where task = 'faces'")
                    .update();
            publish(worker, red, green);
            eventually(() -> assertThat(completed()).isEqualTo(2));
            assertThat(said()).isEqualTo(before).contains(ada.toString());
            publish(worker, version(red, 2), version(green, 2));
            eventually(
                    () ->
                            assertThat(library.rows("select asset_version from faces"))
                                    .containsExactly("2", "2"));
            publish(worker, red, green, library.plain(Color.WHITE));
            eventually(() -> assertThat(completed()).isEqualTo(3));

            // then
            assertThat(said()).isEqualTo(before);
            assertThat(
                            library.rows(
                                    "select comparison from faces where asset_id = '%s'"
                                            .formatted(red.assetId())))
                    .as("the vector is as it was, so nothing is to be compared again")
                    .containsExactly("done");

            // when: a version that shows somebody else
            AssetCreated blue = library.plain(Color.BLUE);
            Files.move(
                    folder.resolve(blue.fileName()),
                    folder.resolve(red.fileName()),
                    StandardCopyOption.REPLACE_EXISTING);
            publish(worker, version(red, 3));

            // then
            eventually(
                    () ->
                            assertThat(
                                            library.rows(
                                                    "select person_id is null and not confirmed from faces where asset_version = 3"))
                                    .containsExactly("t"));
            assertThat(
                            library.rows(
                                    "select count(*) from faces where asset_id = '"
                                            + red.assetId()
                                            + "'"))
                    .containsExactly("1");
        }
    }

    @Test
    void anotherModelTakesOverAndFacesStayWhoseTheyAre() throws Exception {
        // given
        AssetCreated red = library.plain(Color.RED);
        AssetCreated green = library.plain(Color.GREEN);
        UUID ada;
        try (ConfigurableApplicationContext worker = start(model)) {
            publish(worker, red, green);
            eventually(() -> assertThat(completed()).isEqualTo(2));
            ada = person("Ada", red);
        }
        String before = said();
        Path other = ModelFolders.faces(folder.resolve("antelope"));

        // when: they are announced again, as reprocess does
        try (ConfigurableApplicationContext worker = start(other)) {
            publish(worker, red, green);

            // then
            eventually(
                    () ->
                            assertThat(
                                            library.rows(
                                                    "select split_part(model_id, '@', 1) || ' ' || state from embedding_spaces where role = 'face' order by 1"))
                                    .containsExactly("antelope active", "buffalo retired"));
            assertThat(
                            library.rows(
                                    "select distinct split_part(f.model_id, '@', 1) || ' ' || (f.space_id = s.space_id) from faces f join embedding_spaces s using (space_id) where s.model_id = f.model_id"))
                    .containsExactly("antelope true");
            assertThat(said()).isEqualTo(before).contains(ada.toString());
            assertThat(
                            library.rows(
                                    "select indexname from pg_indexes where indexname like 'faces\\_space\\_%'"))
                    .hasSize(2);
        }
    }

    private UUID person(String name, AssetCreated asset) {
        UUID id = UUID.randomUUID();
        asLibrary
                .sql("insert into people (person_id, name) values (?, ?)")
                .params(id, name)
                .update();
        asLibrary
                .sql(
                        "update faces set person_id = ?, confirmed = true, comparison = 'done' where asset_id = ?")
                .params(id, asset.assetId())
                .update();
        return id;
    }

    private void ignore(AssetCreated asset) {
        asLibrary
                .sql("update faces set ignored = true, confirmed = true where asset_id = ?")
                .param(asset.assetId())
                .update();
    }

    private String said() {
        return library.rows(
                        "select string_agg(concat_ws(' ', face_id, person_id, confirmed, ignored), ', ' order by face_id) from faces where confirmed")
                .getFirst();
    }

    private int completed() {
        return library.rows(
                        "select asset_id from processing_tasks where task = 'faces' and status = 'completed'")
                .size();
    }

    private ConfigurableApplicationContext start(Path faces) {
        return new SpringApplicationBuilder(EmbeddingWorkerApplication.class)
                .properties(
                        "spring.config.name=embedding-worker",
                        "darkroom.embedding.media-processes=1",
                        "darkroom.embedding.model-folder=" + folder.resolve("models"),
                        "darkroom.embedding.models.faces.location=" + faces,
                        "darkroom.kafka.bootstrap-servers=" + database.bootstrapServers(),
                        "darkroom.database.port=" + database.address().port(),
                        "darkroom.database.name=" + database.address().name(),
                        "darkroom.database.password=" + MigratedDatabase.PASSWORD)
                .run("--server.port=0");
    }

    private static HttpResponse<byte[]> get(ConfigurableApplicationContext worker, String path)
            throws Exception {
        String port = worker.getEnvironment().getProperty("local.server.port");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    BodyHandlers.ofByteArray());
        }
    }

    private static void publish(ConfigurableApplicationContext worker, AssetCreated... assets) {
        EventPublisher publisher = worker.getBean(EventPublisher.class);
        for (AssetCreated asset : assets) {
            publisher.publish(asset).join();
        }
    }

    private static AssetCreated version(AssetCreated asset, long version) {
        return new AssetCreated(
                asset.assetId(),
                version,
                asset.assetType(),
                asset.mimeType(),
                asset.source(),
                asset.fileName(),
                asset.size(),
                asset.sha256(),
                null,
                null,
                asset.repositoryId(),
                null,
                asset.priority(),
                Instant.now());
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion);
    }
}
