package dev.darkroom.embedding;

import static dev.darkroom.embedding.Worker.eventually;
import static dev.darkroom.embedding.Worker.publish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.space.SpaceSpec;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.schema.AssetCreated;
import java.awt.Color;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EmbeddingWorkerIT {
    private static final String STATES =
            "select split_part(model_id, '@', 1) || ' ' || state from embedding_spaces order by 1";
    private static final String COUNTS =
            "select split_part(model_id, '@', 1) || ' ' || count(e.asset_id) from embedding_spaces s"
                    + " left join embeddings e using (space_id) group by model_id order by 1";

    @TempDir private Path folder;
    private MigratedDatabase database;
    private Library library;

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.create();
        library = new Library(folder, database);
    }

    @Test
    void makesOfEachPhotoWhatItCanAndSkipsWhatNeedsAModel() throws Exception {
        // given
        AssetCreated photo = library.photo(1, 800);
        try (ConfigurableApplicationContext worker = start()) {
            // when
            publish(worker, photo);

            // then
            eventually(
                    () ->
                            assertThat(
                                            library.rows(
                                                    "select task || ' ' || status || ' ' || required from processing_tasks order by 1"))
                                    .containsExactly(
                                            "depth skipped false",
                                            "embedding completed false",
                                            "faces skipped false",
                                            "species skipped false"));
            assertThat(library.rows("select last_error from processing_tasks where task = 'depth'"))
                    .containsExactly(
                            "no model configured: darkroom.embedding.models.depth.location=<folder or URL>");
            assertThat(
                            library.rows(
                                    "select detail from capabilities where capability = 'text-semantic'"))
                    .containsExactly(
                            "no model configured: darkroom.embedding.models.clip.location=<folder or URL>");
            assertThat(library.rows(STATES)).containsExactly("visual-v1 active");
            assertThat(library.rows("select vector_dims(embedding) from lumilio.embeddings"))
                    .containsExactly("512");
            assertThat(library.rows("select quality > 49 from perceptual_hashes"))
                    .containsExactly("t");
            assertThat(
                            library.rows(
                                    "select capability || ' ' || available from capabilities order by 1"))
                    .containsExactly(
                            "depth false",
                            "faces false",
                            "image-similarity true",
                            "near-duplicates true",
                            "species false",
                            "text-colour true",
                            "text-semantic false");
        }
    }

    @Test
    void pairsCopiesAndNothingElse() throws Exception {
        // given
        AssetCreated original = library.photo(1, 800);
        AssetCreated copy = library.photo(1, 300);
        AssetCreated other = library.photo(2, 800);
        try (ConfigurableApplicationContext worker = start()) {
            // when
            publish(worker, original, other, copy);

            // then
            eventually(() -> assertThat(completed()).isEqualTo(3));
            assertThat(library.rows("select asset_id || ' ' || duplicate_id from near_duplicates"))
                    .containsExactly(
                            original.assetId().compareTo(copy.assetId()) < 0
                                    ? original.assetId() + " " + copy.assetId()
                                    : copy.assetId() + " " + original.assetId());
        }
    }

    @Test
    void aSecondModelFillsItsOwnSpaceAndTakesOverWhenItHasSeenEverything() throws Exception {
        // given: two photos that are there already, and one that nobody can read
        AssetCreated one = library.photo(1, 400);
        AssetCreated two = library.photo(2, 400);
        AssetCreated broken = library.broken();
        try (ConfigurableApplicationContext worker = start()) {
            publish(worker, one, two, broken);
            eventually(() -> assertThat(completed()).isEqualTo(2));
            eventually(
                    () ->
                            assertThat(
                                            library.rows(
                                                    "select status from processing_tasks where task = 'embedding' and status = 'dead'"))
                                    .hasSize(1));
        }
        try (ConfigurableApplicationContext worker = start(MeanColour.class)) {
            assertThat(library.rows(STATES)).containsExactly("mean building", "visual-v1 active");

            // when: they are announced again, as reprocess does, one by one
            publish(worker, one);
            eventually(
                    () ->
                            assertThat(library.rows(COUNTS))
                                    .containsExactly("mean 1", "visual-v1 2"));
            assertThat(library.rows(STATES)).containsExactly("mean building", "visual-v1 active");
            publish(worker, one, two);

            // then
            eventually(
                    () ->
                            assertThat(library.rows(STATES))
                                    .containsExactly("mean active", "visual-v1 retired"));
            assertThat(library.rows(COUNTS)).containsExactly("mean 2", "visual-v1 2");
            assertThat(completed()).isEqualTo(2);
            AssetCreated late = library.photo(3, 400);
            publish(worker, late);
            eventually(() -> assertThat(completed()).isEqualTo(3));
            assertThat(library.rows(COUNTS)).containsExactly("mean 3", "visual-v1 2");
        }
    }

    /// A model that knows colours: the mean of a picture, and words for red, green and blue.
    @Test
    void aModelOfTheUsersFillsASpaceAndWordsFindPicturesInIt() throws Exception {
        // given
        Path model = ModelFolders.transformers(folder.resolve("clip"));
        AssetCreated red = library.plain(Color.RED);
        AssetCreated blue = library.plain(Color.BLUE);
        try (ConfigurableApplicationContext worker =
                start(
                        List.of(),
                        "--darkroom.embedding.model-folder=" + folder.resolve("models"),
                        "--darkroom.embedding.models.clip.location=" + model)) {
            // when
            publish(worker, red, blue);
            eventually(() -> assertThat(completed()).isEqualTo(2));
            eventually(
                    () ->
                            assertThat(
                                            library.rows(
                                                    "select state from embedding_spaces where model_id not like 'visual-v1@%'"))
                                    .containsExactly("active"));

            // then
            JsonNode words = words(worker, "red");
            assertThat(
                            library.rows(
                                    "select e.asset_id from embeddings e where space_id = '%s' order by embedding <=> '%s' limit 1"
                                            .formatted(
                                                    words.path("spaceId").asString(),
                                                    words.path("vector"))))
                    .containsExactly(red.assetId().toString());
            assertThat(
                            library.rows(
                                    "select available from capabilities where capability = 'text-semantic'"))
                    .containsExactly("t");
        }
    }

    @Test
    void whoAsksForWordsHearsThatTheModelIsAway() throws Exception {
        try (ConfigurableApplicationContext worker = start(Asleep.class)) {
            HttpResponse<String> answer =
                    Worker.send(worker, "GET", "/api/words?text=red&role=mood");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .contains("urn:darkroom:problem:model-away", "the server sleeps");
        }
    }

    private static JsonNode words(ConfigurableApplicationContext worker, String text)
            throws Exception {
        return JsonMapper.shared()
                .readTree(Worker.send(worker, "GET", "/api/words?text=" + text).body());
    }

    @Test
    void aNewVersionReplacesWhatWasMadeOfTheOldOne() throws Exception {
        // given
        AssetCreated first = library.photo(1, 400);
        try (ConfigurableApplicationContext worker = start()) {
            publish(worker, first);
            eventually(() -> assertThat(completed()).isEqualTo(1));

            // when: and the old one comes late once more
            publish(worker, Library.version(first, 2));
            publish(worker, first);

            // then
            for (String table : List.of("embeddings", "perceptual_hashes")) {
                eventually(
                        () ->
                                assertThat(library.rows("select asset_version from " + table))
                                        .as(table)
                                        .containsExactly("2"));
            }
        }
    }

    private long completed() {
        return library.rows(
                        "select asset_id from processing_tasks where task = 'embedding' and status = 'completed'")
                .size();
    }

    private ConfigurableApplicationContext start(Class<?>... more) {
        return start(List.of(more));
    }

    private ConfigurableApplicationContext start(List<Class<?>> more, String... settings) {
        return Worker.start(database, more, settings);
    }

    /// A model that is away, with a space of its own.
    @Configuration
    static class Asleep {
        @Bean
        Embedder asleep() {
            return new Embedder() {
                @Override
                public SpaceSpec space() {
                    return new SpaceSpec("mood", "asleep@1", 3, "cosine");
                }

                @Override
                public Set<Capability> capabilities() {
                    return Set.of(Capability.TEXT_SEMANTIC);
                }

                @Override
                public String description() {
                    return "a model that is away";
                }

                @Override
                public float[] embed(RgbPicture picture) {
                    throw away();
                }

                @Override
                public Optional<float[]> words(String text) {
                    throw away();
                }

                private static DependencyDown away() {
                    return new DependencyDown(
                            "a model cannot be asked",
                            new IllegalStateException("the server sleeps"));
                }
            };
        }
    }

    /// A model of three numbers.
    @Configuration
    static class MeanColour {
        @Bean
        Embedder meanColour() {
            return new Embedder() {
                @Override
                public SpaceSpec space() {
                    return new SpaceSpec("visual", "mean@1", 3, "cosine");
                }

                @Override
                public Set<Capability> capabilities() {
                    return Set.of(Capability.IMAGE_SIMILARITY);
                }

                @Override
                public String description() {
                    return "the mean colour";
                }

                @Override
                public float[] embed(RgbPicture picture) {
                    float[] mean = new float[3];
                    for (int i = 0; i < picture.rgb().length; i++) {
                        mean[i % 3] += picture.rgb()[i] & 0xff;
                    }
                    return mean;
                }
            };
        }
    }
}
