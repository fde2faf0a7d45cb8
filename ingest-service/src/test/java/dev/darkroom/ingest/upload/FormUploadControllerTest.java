package dev.darkroom.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.AssetSubmitted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FormUploadControllerTest {
    private static final byte[] PHOTO = randomBytes(300_000);

    @TempDir static Path folder;
    private static UploadServer server;

    @BeforeAll
    static void start() throws IOException {
        server = UploadServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forgetEverything() throws IOException {
        server.forgetEverything();
    }

    @Test
    void keepsAFileAndAnnouncesItBeforeItAnswers() throws Exception {
        HttpResponse<String> answer = post(new FormBody().file("IMG 1.JPG", PHOTO).end());

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode json = server.json(answer);
        UUID assetId = UUID.fromString(json.get("assetId").asString());
        assertThat(json.get("filename").asString()).isEqualTo("IMG 1.JPG");
        assertThat(json.get("size").asLong()).isEqualTo(PHOTO.length);
        assertThat(json.get("sha256").asString()).isEqualTo(sha256(PHOTO));
        assertThat(json.at("/links/asset").asString()).isEqualTo("/api/assets/" + assetId);
        AssetSubmitted submission = server.submissions.only();
        assertThat(submission.assetId()).isEqualTo(assetId);
        assertThat(submission.source().text())
                .isEqualTo("repo://" + UploadServer.REPOSITORY + "/uploads/" + assetId);
        assertThat(submission.fileName()).isEqualTo("IMG 1.JPG");
        assertThat(submission.size()).isEqualTo(PHOTO.length);
        assertThat(submission.sha256()).hasToString("Sha256[hex=" + sha256(PHOTO) + "]");
        assertThat(submission.priority()).as("somebody is waiting").isEqualTo(2);
        assertThat(server.uploaded(assetId)).isEqualTo(PHOTO);
        assertThat(server.filesKept()).containsExactly("library/uploads/" + assetId);
    }

    @Test
    void fieldsCountForTheFilesThatFollow() throws Exception {
        UUID owner = UUID.randomUUID();
        UUID repository = UUID.randomUUID();

        post(
                new FormBody()
                        .field("priority", "7")
                        .field("ownerId", owner.toString())
                        .field("repositoryId", repository.toString())
                        .file("a.jpg", PHOTO)
                        .end());

        assertThat(server.submissions.only().priority()).isEqualTo(7);
        assertThat(server.submissions.only().ownerId()).isEqualTo(owner);
        assertThat(server.submissions.only().repositoryId()).isEqualTo(repository);
    }

    @Test
    void ofSeveralFilesEachStandsForItself() throws Exception {
        byte[] tooLarge = new byte[(int) UploadServer.MAX_SIZE + 1];

        HttpResponse<String> answer =
                post(
                        new FormBody()
                                .file("a.jpg", PHOTO)
                                .file("b.jpg", tooLarge)
                                .file("c.jpg", randomBytes(1))
                                .end());

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode files = server.json(answer).get("files");
        assertThat(files.size()).isEqualTo(3);
        assertThat(files.at("/0/sha256").asString()).isEqualTo(sha256(PHOTO));
        assertThat(files.at("/1/filename").asString()).isEqualTo("b.jpg");
        assertThat(files.at("/1/problem/status").asInt()).isEqualTo(413);
        assertThat(files.at("/2/filename").asString()).isEqualTo("c.jpg");
        assertThat(server.submissions.all())
                .extracting(AssetSubmitted::fileName)
                .containsExactly("a.jpg", "c.jpg");
        assertThat(server.filesKept()).hasSize(2);
    }

    @Test
    void whenNoneOfSeveralIsAcceptedTheAnswerIsAProblem() throws Exception {
        server.submissions.goAway();

        HttpResponse<String> answer =
                post(new FormBody().file("a.jpg", PHOTO).file("b.jpg", PHOTO).end());

        assertProblem(answer, 503, "kafka-away");
        assertThat(server.json(answer).get("files").size()).isEqualTo(2);
        assertThat(server.filesKept()).isEmpty();
    }

    @Test
    void refusesAFileThatIsTooLargeAndKeepsNothing() throws Exception {
        byte[] tooLarge = new byte[(int) UploadServer.MAX_SIZE + 1];

        HttpResponse<String> answer = post(new FormBody().file("a.jpg", tooLarge).end());

        assertProblem(answer, 413, "upload-too-large");
        assertThat(server.json(answer).get("detail").asString()).contains("2097152 bytes");
        assertThat(server.submissions.all()).isEmpty();
        assertThat(server.filesKept()).isEmpty();
    }

    @Test
    void takesAFileOfExactlyTheLargestSizeAndAnEmptyOne() throws Exception {
        byte[] largest = new byte[(int) UploadServer.MAX_SIZE];

        HttpResponse<String> answer =
                post(new FormBody().file("a.jpg", largest).file("b.jpg", new byte[0]).end());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(server.submissions.all())
                .extracting(AssetSubmitted::size)
                .containsExactly(UploadServer.MAX_SIZE, 0L);
    }

    @Test
    void answers503AndKeepsNothingWhileKafkaIsAway() throws Exception {
        server.submissions.goAway();

        HttpResponse<String> answer = post(new FormBody().file("a.jpg", PHOTO).end());

        assertProblem(answer, 503, "kafka-away");
        assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        assertThat(server.filesKept()).isEmpty();
    }

    @Test
    void checksTheDigestsThatAreGiven() throws Exception {
        byte[] body = new FormBody().file("a.jpg", PHOTO).end();
        String right = "sha-512=:AAAA:, sha-256=:" + base64Sha256(PHOTO) + ":";
        String wrong = "sha-256=:" + base64Sha256(new byte[0]) + ":";

        assertThat(post(body, "Repr-Digest", right).statusCode()).isEqualTo(202);
        assertThat(post(body, "X-Content-SHA256", sha256(PHOTO)).statusCode()).isEqualTo(202);
        server.forgetEverything();
        assertProblem(post(body, "Repr-Digest", wrong), 422, "digest-mismatch");
        assertProblem(post(body, "X-Content-SHA256", sha256(new byte[0])), 422, "digest-mismatch");
        assertProblem(post(body, "Repr-Digest", "sha-512=:AAAA:"), 400, "invalid-upload");
        assertProblem(post(body, "X-Content-SHA256", "abc"), 400, "invalid-upload");
        assertThat(server.filesKept()).isEmpty();
    }

    @Test
    void aPartsOwnDigestCountsForThatPart() throws Exception {
        HttpResponse<String> answer =
                post(
                        new FormBody()
                                .file("a.jpg", PHOTO, "X-Content-SHA256: " + sha256(PHOTO))
                                .file("b.jpg", PHOTO, "X-Content-SHA256: " + sha256(new byte[0]))
                                .end());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(server.json(answer).at("/files/1/problem/status").asInt()).isEqualTo(422);
        assertThat(server.submissions.only().fileName()).isEqualTo("a.jpg");
    }

    @Test
    void aDigestInTheRequestIsNotGuessedToMeanASecondFile() throws Exception {
        byte[] two = new FormBody().file("a.jpg", PHOTO).file("b.jpg", PHOTO).end();

        HttpResponse<String> answer = post(two, "X-Content-SHA256", sha256(PHOTO));

        assertThat(server.json(answer).at("/files/1/problem/status").asInt()).isEqualTo(400);
        assertThat(server.submissions.only().fileName()).isEqualTo("a.jpg");
    }

    @Test
    void theSameIdempotencyKeyMakesTheSameAsset() throws Exception {
        byte[] body = new FormBody().file("a.jpg", PHOTO).end();

        post(body, "Idempotency-Key", "one");
        post(body, "Idempotency-Key", "one");
        post(body, "Idempotency-Key", "another");
        post(new FormBody().file("a.jpg", randomBytes(9)).end(), "Idempotency-Key", "one");

        List<UUID> ids = server.submissions.all().stream().map(AssetSubmitted::assetId).toList();
        assertThat(ids).hasSize(4);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(ids.get(2)).as("another key").isNotEqualTo(ids.get(0));
        assertThat(ids.get(3))
                .as("another content, which must not vanish")
                .isNotIn(ids.get(0), ids.get(2));
    }

    @Test
    void saysWhatIsWrongWithAForm() throws Exception {
        assertProblem(post(new FormBody().end()), 400, "invalid-upload");
        assertProblem(
                post("{}".getBytes(UTF_8), "Content-Type", "application/json"),
                400,
                "invalid-upload");
        assertProblem(
                post(new FormBody().part("photo", "a.jpg", PHOTO).end()), 400, "invalid-upload");
        assertProblem(post(new FormBody().field("colour", "x").end()), 400, "invalid-upload");
        assertProblem(
                post(new FormBody().field("priority", "11").file("a", PHOTO).end()),
                400,
                "invalid-upload");
        assertProblem(
                post(new FormBody().field("ownerId", "me").file("a", PHOTO).end()),
                400,
                "invalid-upload");
        assertProblem(
                post(new FormBody().field("ownerId", "x".repeat(5_000)).end()),
                400,
                "invalid-upload");
        assertThat(server.filesKept()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "../../../etc/passwd,passwd",
        "写真 📷.jpg,写真 📷.jpg",
        ".htaccess,htaccess",
        "-rf.jpg,-rf.jpg",
        "'',file",
    })
    void makesAnyFileNameFitForTheCatalogue(String given, String kept) throws Exception {
        post(new FormBody().file(given, PHOTO).end());

        assertThat(server.submissions.only().fileName()).isEqualTo(kept);
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() throws Exception {
        byte[] body = new FormBody().file("a.jpg", PHOTO).end();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(
                            ("POST /api/assets HTTP/1.1\r\nHost: here\r\nContent-Type: "
                                            + FormBody.CONTENT_TYPE
                                            + "\r\nContent-Length: "
                                            + body.length
                                            + "\r\n\r\n")
                                    .getBytes(UTF_8));
            socket.getOutputStream().write(body, 0, 200_000);
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400");
        }

        assertThat(server.submissions.all()).isEmpty();
        awaitEmpty();
    }

    private static void awaitEmpty() throws IOException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (!server.filesKept().isEmpty() && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        assertThat(server.filesKept()).isEmpty();
    }

    private static HttpResponse<String> post(byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                server.request("/api/assets")
                        .header("Content-Type", FormBody.CONTENT_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return server.send(request.build());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode problem = server.json(answer);
        assertThat(problem.get("type").asString()).isEqualTo("urn:darkroom:problem:" + type);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).isNotBlank();
        assertThat(problem.get("status").asInt()).isEqualTo(status);
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String base64Sha256(byte[] bytes) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
