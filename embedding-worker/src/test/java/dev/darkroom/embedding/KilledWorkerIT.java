package dev.darkroom.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.schema.AssetCreated;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the worker while photos wait for its models.
class KilledWorkerIT {
    /// `-Ddarkroom.away.photos=1000` for a longer run.
    private static final int PHOTOS = Integer.getInteger("darkroom.away.photos", 200);

    private static final int KILLS = 3;
    private static final String COMPLETED =
            "select asset_id from processing_tasks where task = 'species' and status = 'completed'";

    @TempDir private Path folder;
    private MigratedDatabase database;
    private Library library;
    private Process worker;

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.create();
        library = new Library(folder, database);
        ModelFolders.classifier(folder.resolve("colours"));
        worker = start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        worker.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    }

    @Test
    void losesNothingAndDoesNothingTwice() throws Exception {
        // given
        List<AssetCreated> photos = new ArrayList<>();
        for (int i = 0; i < PHOTOS; i++) {
            photos.add(library.plain(new Color(i % 128, 255, i / 128)));
        }
        // the worker makes the topics
        awaitThat(() -> assertThat(library.rows("select * from capabilities")).isNotEmpty());
        publish(photos);

        // when
        for (int kill = 1; kill <= KILLS; kill++) {
            int some = kill * PHOTOS / (KILLS + 1);
            awaitThat(() -> assertThat(library.rows(COMPLETED)).hasSizeGreaterThan(some));
            worker.destroyForcibly().waitFor();
            assertThat(library.rows(COMPLETED)).as("some wait").hasSizeLessThan(PHOTOS);
            worker = start();
        }

        // then
        awaitThat(() -> assertThat(library.rows(COMPLETED)).hasSize(PHOTOS));
        awaitThat(
                () ->
                        assertThat(
                                        library.rows(
                                                "select count(*) || ' ' || count(distinct asset_id) from embeddings"))
                                .containsExactly(PHOTOS + " " + PHOTOS));
        assertThat(
                        library.rows(
                                "select distinct concat_ws(' ', string_agg(rank::text, ',' order by rank), min(species_name) filter (where rank = 1)) from species_predictions group by asset_id"))
                .containsExactly("1,2,3 Viride exemplum");
        assertThat(library.rows("select task from processing_tasks where status = 'dead'"))
                .isEmpty();
    }

    private void publish(List<AssetCreated> photos) {
        KafkaProperties kafka = new KafkaProperties(database.bootstrapServers(), 2, (short) 1);
        try (EventPublisher publisher = new EventPublisher(kafka, new EventCodec(), "test")) {
            photos.forEach(photo -> publisher.publish(photo).join());
        }
    }

    private Process start() throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EmbeddingWorkerApplication.class.getName(),
                                "--server.port=0",
                                "--darkroom.embedding.batch-size=4",
                                "--darkroom.embedding.model-folder=" + folder.resolve("models"),
                                "--darkroom.embedding.models.species.location="
                                        + folder.resolve("colours")));
        Worker.settings(database).forEach(setting -> command.add("--" + setting));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("worker.log").toFile()))
                .start();
    }

    private void awaitThat(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(3))
                .failFast("the worker ended, see " + folder, () -> !worker.isAlive())
                .untilAsserted(assertion);
    }
}
