package dev.darkroom.embedding;

import static dev.darkroom.embedding.Worker.eventually;
import static dev.darkroom.embedding.Worker.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.OddModels;
import dev.darkroom.schema.AssetCreated;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// A classifier of red, green and blue, which is as sure as there is of each; and what happens
/// while it cannot be had.
class SpeciesIT {
    private static final String GUESSES =
            "select concat_ws(' ', asset_version, rank, species_name, common_name, confidence)"
                    + " from species_predictions where asset_id = '%s' order by rank";
    private static final String TASKS =
            "select concat_ws(' ', status, attempts, count(*)) from processing_tasks"
                    + " where task = 'species' group by status, attempts";
    private static final String CAPABILITY =
            "select concat_ws(' ', available, detail) from capabilities where capability = 'species'";

    @TempDir private Path folder;
    private MigratedDatabase database;
    private Library library;

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.create();
        library = new Library(folder, database);
    }

    @Test
    void takesUpWhatWasSkippedAndKeepsTheGuessesOfTheNewestVersion() throws Exception {
        // given: a photo from before there was a model
        AssetCreated photo = library.plain(new Color(153, 51, 51));
        AssetCreated blue = library.plain(new Color(51, 51, 153));
        try (ConfigurableApplicationContext worker = start()) {
            publish(worker, photo);
            eventually(() -> assertThat(library.rows(TASKS)).containsExactly("skipped 0 1"));
            assertThat(
                            library.rows(
                                    "select last_error from processing_tasks where task = 'species'"))
                    .containsExactly(
                            "no model configured: darkroom.embedding.models.species.location=<folder or URL>");
        }
        try (ConfigurableApplicationContext worker =
                start(location(ModelFolders.classifier(folder.resolve("colours")).toString()))) {
            // then
            eventually(() -> assertThat(library.rows(TASKS)).containsExactly("completed 1 1"));
            assertThat(library.rows(GUESSES.formatted(photo.assetId())))
                    .containsExactly(
                            "1 1 Rubrum exemplum Red one 0.6000",
                            "1 2 Viride exemplum Green one 0.2000",
                            "1 3 Caeruleum exemplum 0.2000");
            assertThat(library.rows(CAPABILITY))
                    .containsExactly(
                            "t what animal or plant is in a picture, out of the model's labels");

            // when: it becomes another picture, and what was before comes late once more
            publish(worker, Library.version(photo, 2, blue), photo, blue);

            // then
            eventually(() -> assertThat(library.rows(TASKS)).containsExactly("completed 1 2"));
            assertThat(library.rows(GUESSES.formatted(photo.assetId())))
                    .containsExactly(
                            "2 1 Caeruleum exemplum 0.6000",
                            "2 2 Rubrum exemplum Red one 0.2000",
                            "2 3 Viride exemplum Green one 0.2000");
        }

        // when: another model takes its place, and the photos are announced once more
        Path other = ModelFolders.classifier(folder.resolve("others"));
        ModelFolders.write(
                other.resolve("labels.txt"), "Rubrum novum\nViride novum\nCaeruleum novum\n");
        try (ConfigurableApplicationContext worker = start(location(other.toString()))) {
            publish(worker, Library.version(photo, 2, blue));

            // then
            eventually(
                    () ->
                            assertThat(library.rows(GUESSES.formatted(photo.assetId())))
                                    .containsExactly(
                                            "2 1 Caeruleum novum 0.6000",
                                            "2 2 Rubrum novum 0.2000",
                                            "2 3 Viride novum 0.2000"));
            assertThat(library.rows(TASKS)).containsExactly("completed 1 2");
        }
    }

    @Test
    void aModelThatIsRefusedStopsNothingElseAndIsUsedOnceItIsRepaired() throws Exception {
        // given
        Path model = Files.createDirectories(folder.resolve("colours"));
        AssetCreated photo = library.plain(Color.GREEN);
        try (ConfigurableApplicationContext worker = start(location(model.toString()))) {
            // when
            publish(worker, photo);

            // then
            eventually(
                    () ->
                            assertThat(
                                            library.rows(
                                                    "select concat_ws(' ', task, status, last_error) from processing_tasks where task in ('embedding', 'species') order by 1"))
                                    .hasSize(2)
                                    .first()
                                    .isEqualTo("embedding completed"));
            assertThat(
                            library.rows(
                                    "select last_error from processing_tasks where task = 'species'"))
                    .singleElement()
                    .asString()
                    .startsWith("the model does not work: ")
                    .contains(model.toString());
            assertThat(library.rows(CAPABILITY))
                    .singleElement()
                    .asString()
                    .startsWith("f the model does not work: ");

            // when
            ModelFolders.classifier(model);

            // then
            eventually(() -> assertThat(library.rows(TASKS)).containsExactly("completed 1 1"));
            eventually(
                    () ->
                            assertThat(library.rows(CAPABILITY))
                                    .singleElement()
                                    .asString()
                                    .startsWith("t "));
            assertThat(library.rows(GUESSES.formatted(photo.assetId())).getFirst())
                    .isEqualTo("1 1 Viride exemplum Green one 1.0000");
        }
    }

    /// Few photos and a moment, unless told otherwise: `-Ddarkroom.away.photos=1000
    /// -Ddarkroom.away.minutes=10`.
    @Test
    void losesNothingAndBuriesNothingWhileTheModelIsAwayAndDrainsByItself() throws Exception {
        // given
        int photos = Integer.getInteger("darkroom.away.photos", 24);
        AtomicReference<byte[]> archive = new AtomicReference<>();
        HttpServer server = serving(archive);
        List<AssetCreated> assets = new ArrayList<>();
        for (int i = 0; i < photos; i++) {
            assets.add(library.plain(new Color(i % 128, 255, i / 128)));
        }
        try (ConfigurableApplicationContext worker =
                start(
                        location(
                                "http://127.0.0.1:%d/colours.zip"
                                        .formatted(server.getAddress().getPort())))) {
            // when: it is away
            publish(worker, assets.toArray(AssetCreated[]::new));
            eventually(
                    () ->
                            assertThat(library.rows(CAPABILITY))
                                    .singleElement()
                                    .asString()
                                    .startsWith("f waiting for the model: "));
            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(() -> assertThat(embedded()).isEqualTo(photos));
            await().pollDelay(Duration.ofMinutes(Long.getLong("darkroom.away.minutes", 0L)))
                    .atMost(Duration.ofMinutes(60))
                    .untilAsserted(() -> assertThat(library.rows(TASKS)).isEmpty());

            // and when: it is back
            archive.set(zip(ModelFolders.classifier(folder.resolve("colours"))));

            // then: each photo has had one attempt
            eventually(
                    () -> assertThat(library.rows(TASKS)).containsExactly("completed 1 " + photos));
            assertThat(
                            library.rows(
                                    "select distinct species_name from species_predictions where rank = 1"))
                    .containsExactly("Viride exemplum");
        } finally {
            server.stop(0);
        }
    }

    /// As on a machine that is too small for it, until somebody gives it more time.
    @Test
    void waitsForAModelThatIsTooSlow() throws Exception {
        // given
        Path model = ModelFolders.classifier(folder.resolve("slow"));
        OddModels.slowClassifier(model.resolve("model.onnx"), 100);
        AssetCreated[] photos = new AssetCreated[6];
        for (int i = 0; i < photos.length; i++) {
            photos[i] = library.plain(new Color(i, 255, 0));
        }
        try (ConfigurableApplicationContext worker =
                start(location(model.toString()), "--darkroom.embedding.model-deadline=5ms")) {
            // when
            publish(worker, photos);

            // then
            eventually(() -> assertThat(embedded()).isEqualTo(photos.length));
            eventually(
                    () ->
                            assertThat(library.rows(CAPABILITY))
                                    .singleElement()
                                    .asString()
                                    .startsWith("f waiting for the model: ")
                                    .contains("PT0.005S"));
            assertThat(library.rows(TASKS)).isEmpty();
        }

        // and when: it has the time that it needs
        try (ConfigurableApplicationContext _ = start(location(model.toString()))) {
            eventually(
                    () ->
                            assertThat(library.rows(TASKS))
                                    .containsExactly("completed 1 " + photos.length));
        }
    }

    private int embedded() {
        return library.rows(
                        "select asset_id from processing_tasks where task = 'embedding' and status = 'completed'")
                .size();
    }

    private ConfigurableApplicationContext start(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--darkroom.embedding.model-folder=" + folder.resolve("models"));
        return Worker.start(database, List.of(), all.toArray(String[]::new));
    }

    private static String location(String where) {
        return "--darkroom.embedding.models.species.location=" + where;
    }

    /// 503 as long as there is nothing to serve.
    private static HttpServer serving(AtomicReference<byte[]> archive) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/colours.zip",
                exchange -> {
                    byte[] bytes = archive.get();
                    if (bytes == null) {
                        exchange.sendResponseHeaders(503, -1);
                    } else {
                        exchange.sendResponseHeaders(200, bytes.length);
                        exchange.getResponseBody().write(bytes);
                    }
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static byte[] zip(Path model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(model)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(model.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return out.toByteArray();
    }
}
