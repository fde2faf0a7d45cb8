package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ProblemsIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

    private final RunningLibrary library = RunningLibrary.SHARED;

    @BeforeEach
    void empty() {
        library.empty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/assets?limit=0 | limit must be greater than or equal to 1: 0",
                "/api/assets?limit=501 | limit must be less than or equal to 500: 501",
                "/api/assets?limit=many | limit must be a whole number: many",
                "/api/assets?type=book | a photo, video, audio or unknown: book",
                "/api/assets?q=%00 | must not contain NUL",
                "/api/assets/heron | named by its UUID or its number: heron",
                "/api/assets/heron/original | named by its UUID or its number: heron",
                "/api/assets/1/thumbnails/huge | small (150), medium (300), large (1024), preview"
                        + " (1920)",
                "/api/assets/1/thumbnails/small?v=x | v must be a whole number: x",
                "/api/tasks?status=lost | pending, queued, processing",
                "/api/tasks?task=A | task must match",
            })
    void namesTheParameterThatIsWrong(String path, String detail) {
        assertProblem(library.get(path), 400, "invalid-parameter", detail);
    }

    @ParameterizedTest
    @CsvSource({"/api/assets?cursor=abc", "/api/assets?cursor=", "/api/tasks?cursor=a.b"})
    void saysThatACursorIsBroken(String path) {
        assertProblem(library.get(path), 400, "invalid-cursor", "not a cursor of this API");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/assets/" + NOBODY,
        "/api/assets/999999999999",
        "/api/assets/" + NOBODY + "/original",
        "/api/assets/" + NOBODY + "/thumbnails/small",
        "/api/assets/999999999999/thumbnails/small",
    })
    void saysThatThereIsNoSuchAsset(String path) {
        assertProblem(library.get(path), 404, "asset-not-found", "GET /api/assets lists");
    }

    @ParameterizedTest
    @CsvSource({"pending", "queued", "processing", "failed"})
    void tellsOneWhoCameTooEarlyForAThumbnailToComeBack(String status) throws IOException {
        UUID id = library.photo("a.jpg", NOON);
        library.thumbnailTask(id, status, null);

        HttpResponse<String> early = library.get("/api/assets/" + id + "/thumbnails/small");

        assertProblem(early, 404, "thumbnail-pending", "its task is " + status);
        assertThat(early.headers().firstValue("Retry-After")).hasValue("2");
    }

    @Test
    void tellsWhyAThumbnailWasGivenUp() throws IOException {
        UUID id = library.photo("a.jpg", NOON);
        library.thumbnailTask(id, "dead", "a.jpg ends in the middle of the picture");

        HttpResponse<String> dead = library.get("/api/assets/" + id + "/thumbnails/small");

        assertProblem(dead, 404, "thumbnail-given-up", "ends in the middle of the picture");
        assertThat(library.json(dead).get("reason").asString())
                .isEqualTo("a.jpg ends in the middle of the picture");
    }

    @Test
    void tellsThatNobodyWillMakeAThumbnail() throws IOException {
        UUID id = library.asset("audio", "a.mp3", NOON, new byte[] {1});

        assertProblem(
                library.get("/api/assets/" + id + "/thumbnails/small"),
                404,
                "thumbnail-not-planned",
                "no task");
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        UUID id = library.photo("a.jpg", NOON);
        String lost = StorageUri.ofBlob(library.repositoryId, "inbox/lost.jpg").text();
        library.asIngest.sql("update assets set storage_path = ?").param(lost).update();

        assertProblem(
                library.get("/api/assets/" + id + "/original"),
                500,
                "file-missing",
                "inbox/lost.jpg");
    }

    @Test
    void saysThatADiskMayNotBeMountedAndDoesNotMakeItsFolder() throws IOException {
        UUID elsewhere = library.repository("/nowhere/to/be/found");
        UUID id = library.photo("a.jpg", NOON);
        library.asIngest
                .sql("update assets set storage_path = ?")
                .param(StorageUri.ofBlob(elsewhere, "a.jpg").text())
                .update();

        assertProblem(
                library.get("/api/assets/" + id + "/original"),
                503,
                "repository-unavailable",
                "/nowhere/to/be/found");
    }

    @Test
    void saysWhichMethodIsPossible() {
        HttpResponse<String> response = library.send("DELETE", "/api/assets");

        assertProblem(response, 405, "method-not-allowed", "use GET");
        assertThat(response.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
    }

    @Test
    void pointsOneWhoIsLostToTheDescription() {
        assertProblem(library.get("/api/nothing"), 404, "not-found", "/openapi.yaml");
    }

    @Test
    void saysThatItHasNoSuchFormat() {
        assertProblem(library.get("/api/assets", "Accept", "text/html"), 406, "not-acceptable", "");
    }

    @Test
    void answersWithAProblemEvenToWhatIsNotHttp() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), library.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /<> HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();

            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:darkroom:problem:");
        }
    }

    private void assertProblem(
            HttpResponse<String> response, int status, String type, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        JsonNode problem = library.json(response);
        assertThat(problem.get("type").asString()).isEqualTo("urn:darkroom:problem:" + type);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString("")).contains(detail);
    }
}
