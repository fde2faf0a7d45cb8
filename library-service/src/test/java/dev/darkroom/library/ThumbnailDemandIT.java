package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Thumbnails that nobody has made yet; what thumbnail-worker would write is written here as its
/// role.
class ThumbnailDemandIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final RunningLibrary library = RunningLibrary.SHARED;

    @BeforeEach
    void empty() {
        library.empty();
    }

    @Test
    void asksForAProfileThatHasNoRowAndTellsTheClientToComeBack() throws IOException {
        UUID id = thumbnailed();

        HttpResponse<String> answer = preview(id);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(header(answer, "Retry-After")).isEqualTo("2");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).isEmpty();
        assertThat(requests())
                .singleElement()
                .asString()
                .contains("thumbnail-requested thumbnail.requested.v1")
                .contains(id.toString())
                .contains("\"size\": \"preview\"")
                .contains("\"version\": 1")
                .contains("\"fileName\": \"heron.jpg\"");
    }

    @Test
    void asksOnceHoweverManyWait() throws Exception {
        UUID id = thumbnailed();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(clients.submit(() -> preview(id)));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(202);
            }
        }

        assertThat(preview(id).statusCode()).isEqualTo(202);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void sendsThePictureToWhoeverWaitsAsSoonAsItIsThere() throws Exception {
        UUID id = thumbnailed();
        try (ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> made =
                    worker.submit(
                            () -> {
                                await().until(() -> requests().size() == 1);
                                library.thumbnail(
                                        id, "preview", 1_920, 1_280, bytes("the preview"));
                                return null;
                            });

            HttpResponse<String> answer = preview(id);

            made.get();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("the preview");
            assertThat(preview(id).body()).isEqualTo("the preview");
            assertThat(requests()).hasSize(1);
        }
    }

    @Test
    void asksAnewForTheNextVersionAndShowsTheOldOneNoMore() throws IOException {
        UUID id = thumbnailed();
        library.thumbnail(id, "preview", 1_920, 1_280, bytes("the old preview"));
        assertThat(preview(id).body()).isEqualTo("the old preview");
        library.asIngest.sql("update assets set version = 2 where asset_id = ?").param(id).update();

        // while nothing of the new version is made, the old one is better than none
        assertThat(preview(id).body()).isEqualTo("the old preview");
        assertThat(requests()).isEmpty();

        library.asThumbnail
                .sql(
                        "update processing_tasks set asset_version = 2 where asset_id = ? and task"
                                + " = 'thumbnail'")
                .param(id)
                .update();
        assertThat(preview(id).statusCode()).isEqualTo(202);
        assertThat(requests()).singleElement().asString().contains("\"version\": 2");
    }

    @Test
    void saysWhyOneThatWasAskedForWillNotCome() throws IOException {
        UUID id = thumbnailed();
        library.asThumbnail
                .sql(
                        """
                        insert into processing_tasks (asset_id, task, asset_version, required, status, last_error)
                        values (?, 'thumbnail-preview', 1, false, 'dead', 'heron.jpg: JPEG is cut off')
                        """)
                .param(id)
                .update();

        HttpResponse<String> answer = preview(id);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("thumbnail-given-up").contains("JPEG is cut off");
        assertThat(requests()).isEmpty();
    }

    @Test
    void asksForNothingWhileWhatEveryPhotoHasIsInTheWorks() throws IOException {
        UUID id = library.photo("heron.jpg", NOON);
        library.thumbnailTask(id, "processing", null);

        assertThat(preview(id).body()).contains("thumbnail-pending");
        assertThat(requests()).isEmpty();
    }

    private UUID thumbnailed() throws IOException {
        UUID id = library.photo("heron.jpg", NOON);
        library.thumbnail(id, "small", 150, 100, bytes("small bytes"));
        library.thumbnailTask(id, "completed", null);
        return id;
    }

    private HttpResponse<String> preview(UUID id) {
        return library.get("/api/assets/" + id + "/thumbnails/1920");
    }

    private List<String> requests() {
        return library.asLibrary
                .sql(
                        "select topic || ' ' || event_type || ' ' || aggregate_id || payload from"
                                + " outbox")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
