package dev.darkroom.ingest.upload.tus;

import static dev.darkroom.ingest.upload.tus.TusClient.base64;
import static dev.darkroom.ingest.upload.tus.TusClient.id;
import static dev.darkroom.ingest.upload.tus.TusClient.offset;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ingest.upload.UploadServer;
import dev.darkroom.schema.AssetSubmitted;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TusControllerTest {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] PHOTO = randomBytes(300_000);
    private static final int HALF = 150_000;

    @TempDir static Path folder;
    private static UploadServer server;
    private static TusClient tus;

    @BeforeAll
    static void start() throws IOException {
        server = UploadServer.start(folder);
        tus = new TusClient(server);
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
    void saysWhatItCanDo() throws Exception {
        HttpResponse<String> answer =
                server.send(
                        server.request("/api/uploads")
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .build());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Tus-Version")).contains("1.0.0");
        assertThat(answer.headers().firstValue("Tus-Max-Size")).contains("2097152");
        assertThat(answer.headers().firstValue("Tus-Checksum-Algorithm")).contains("sha1,sha256");
        assertThat(answer.headers().firstValue("Tus-Extension"))
                .contains(
                        "creation,creation-with-upload,creation-defer-length,checksum,"
                                + "termination,expiration");
    }

    @Test
    void anUploadInOnePieceBecomesASubmission() throws Exception {
        String path = tus.create(PHOTO.length);

        HttpResponse<String> answer = tus.patch(path, 0, PHOTO);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(offset(answer)).isEqualTo(PHOTO.length);
        assertThat(answer.headers().firstValue("Tus-Resumable")).contains("1.0.0");
        AssetSubmitted submission = server.submissions.only();
        assertThat(submission.assetId()).isEqualTo(id(path));
        assertThat(submission.fileName()).isEqualTo("IMG 1.JPG");
        assertThat(submission.size()).isEqualTo(PHOTO.length);
        assertThat(submission.priority()).isEqualTo(2);
        assertThat(server.uploaded(id(path))).isEqualTo(PHOTO);
        assertThat(server.part(id(path))).doesNotExist();
    }

    @Test
    void resumesWhereverTheLineBreaks() throws Exception {
        String path = tus.create(PHOTO.length);

        int cuts = 0;
        for (int offset = 0; PHOTO.length - offset > 65_536; offset += 65_536, cuts++) {
            assertThat(tus.offset(path)).isEqualTo(offset);
            try (Socket _ = tus.beginPatch(path, offset, PHOTO, 65_536)) {
                awaitPart(id(path), offset + 65_536);
            }
        }
        int rest = (int) tus.offset(path);
        HttpResponse<String> last =
                tus.patch(path, rest, Arrays.copyOfRange(PHOTO, rest, PHOTO.length));

        assertThat(cuts).isEqualTo(4);
        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(server.uploaded(id(path))).isEqualTo(PHOTO);
        assertThat(server.submissions.all()).hasSize(1);
    }

    @Test
    void aFinishedUploadCanStillBeAskedAndContinuedAtItsEnd() throws Exception {
        String path = tus.create(PHOTO.length);
        tus.patch(path, 0, PHOTO);

        assertThat(tus.offset(path)).isEqualTo(PHOTO.length);
        assertThat(tus.patch(path, PHOTO.length, NOTHING).statusCode()).isEqualTo(204);
        assertProblem(tus.patch(path, PHOTO.length, new byte[1]), 413, "upload-too-large");
        assertThat(server.submissions.all()).as("submitted once").hasSize(1);
        assertThat(server.uploaded(id(path))).isEqualTo(PHOTO);
    }

    @Test
    void answersAHeadWithEverythingItKnows() throws Exception {
        String path = tus.create(PHOTO.length);
        tus.patch(path, 0, Arrays.copyOf(PHOTO, HALF));

        HttpResponse<String> answer = tus.head(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(offset(answer)).isEqualTo(HALF);
        assertThat(answer.headers().firstValue("Upload-Length")).contains("300000");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Upload-Metadata"))
                .contains("filename " + base64("IMG 1.JPG"));
        assertThat(answer.headers().firstValue("Upload-Expires").orElseThrow()).endsWith("GMT");
    }

    @Test
    void anotherOffsetIsAConflictThatChangesNothing() throws Exception {
        String path = tus.create(PHOTO.length);
        tus.patch(path, 0, Arrays.copyOf(PHOTO, HALF));

        assertProblem(tus.patch(path, 0, PHOTO), 409, "offset-conflict");
        assertProblem(tus.patch(path, HALF + 1, new byte[10]), 409, "offset-conflict");

        assertThat(tus.offset(path)).isEqualTo(HALF);
    }

    @Test
    void ofTwoChunksAtOnceOneWins() throws Exception {
        String path = tus.create(PHOTO.length);
        try (Socket first = tus.beginPatch(path, 0, PHOTO, HALF)) {
            awaitPart(id(path), HALF);

            assertProblem(tus.patch(path, 0, PHOTO), 423, "upload-busy");
            assertThat(tus.head(path).statusCode()).isEqualTo(423);

            first.getOutputStream().write(PHOTO, HALF, PHOTO.length - HALF);
            String answer = new String(first.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 204");
        }
        assertThat(server.uploaded(id(path))).isEqualTo(PHOTO);
        assertThat(server.submissions.all()).hasSize(1);
    }

    @Test
    void discardsAChunkWhoseChecksumIsWrong() throws Exception {
        String path = tus.create(PHOTO.length);
        byte[] first = Arrays.copyOf(PHOTO, HALF);
        byte[] second = Arrays.copyOfRange(PHOTO, HALF, PHOTO.length);

        assertThat(
                        tus.patch(path, 0, first, "Upload-Checksum", checksum("sha1", first))
                                .statusCode())
                .isEqualTo(204);
        assertProblem(
                tus.patch(path, HALF, second, "Upload-Checksum", checksum("sha256", first)),
                460,
                "checksum-mismatch");
        assertThat(tus.offset(path)).isEqualTo(HALF);
        assertThat(server.submissions.all()).isEmpty();
        tus.patch(path, HALF, second, "Upload-Checksum", checksum("sha256", second));

        assertThat(server.uploaded(id(path))).isEqualTo(PHOTO);
    }

    @Test
    void discardsAChunkWithAChecksumThatBreaksOff() throws Exception {
        String path = tus.create(PHOTO.length);
        tus.patch(path, 0, Arrays.copyOf(PHOTO, 1_000));
        String checksum = checksum("sha1", PHOTO);
        try (Socket _ = tus.beginPatch(path, 1_000, PHOTO, HALF, "Upload-Checksum", checksum)) {
            awaitPart(id(path), 1_000 + HALF);
        }

        assertThat(tus.offset(path)).isEqualTo(1_000);
    }

    @Test
    void refusesAChecksumItCannotRead() throws Exception {
        String path = tus.create(PHOTO.length);

        for (String header : new String[] {"md5 AAAA", "sha1", "sha1 !", "sha1 AAAA AAAA"}) {
            assertProblem(
                    tus.patch(path, 0, PHOTO, "Upload-Checksum", header), 400, "invalid-upload");
        }
        assertThat(tus.offset(path)).isZero();
    }

    @Test
    void refusesMoreThanWasAnnouncedAndKeepsNothingOfThatChunk() throws Exception {
        String path = tus.create(HALF);
        tus.patch(path, 0, Arrays.copyOf(PHOTO, 1_000));

        assertProblem(
                tus.patch(path, 1_000, Arrays.copyOfRange(PHOTO, 1_000, PHOTO.length)),
                413,
                "upload-too-large");

        assertThat(tus.offset(path)).isEqualTo(1_000);
    }

    @Test
    void refusesAFileThatIsTooLarge() throws Exception {
        String tooLong = Long.toString(UploadServer.MAX_SIZE + 1);

        assertProblem(
                tus.send("POST", "/api/uploads", NOTHING, "Upload-Length", tooLong),
                413,
                "upload-too-large");
        assertThat(server.filesKept()).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        String path = tus.create(PHOTO.length);

        HttpResponse<String> otherVersion =
                tus.send("HEAD", path, NOTHING, "Tus-Resumable", "0.2.2");
        assertThat(otherVersion.statusCode()).isEqualTo(412);
        assertThat(otherVersion.headers().firstValue("Tus-Version")).contains("1.0.0");
        assertProblem(
                tus.send("PATCH", path, PHOTO, "Upload-Offset", "0", "Content-Type", "image/jpeg"),
                415,
                "tus-content-type");
        assertProblem(
                tus.send("PATCH", path, PHOTO, "Content-Type", "application/offset+octet-stream"),
                400,
                "invalid-upload");
        for (String[] headers :
                new String[][] {
                    {},
                    {"Upload-Length", "x"},
                    {"Upload-Length", "-1"},
                    {"Upload-Length", "1", "Upload-Defer-Length", "1"},
                    {"Upload-Defer-Length", "2"},
                    {"Upload-Length", "1", "Upload-Metadata", "filename !"},
                    {"Upload-Length", "1", "Upload-Metadata", "a AAAA,a AAAA"},
                    {"Upload-Length", "1", "Upload-Metadata", "priority " + base64("11")},
                }) {
            assertProblem(
                    tus.send("POST", "/api/uploads", NOTHING, headers), 400, "invalid-upload");
        }
    }

    @Test
    void knowsNoUploadButItsOwn() throws Exception {
        String unknown = "/api/uploads/" + UUID.randomUUID();

        assertThat(tus.head(unknown).statusCode()).isEqualTo(404);
        assertProblem(tus.patch(unknown, 0, PHOTO), 404, "upload-not-found");
        assertProblem(tus.patch("/api/uploads/no-uuid", 0, PHOTO), 404, "upload-not-found");
    }

    @Test
    void anUploadThatNobodyContinuesExpires() throws Exception {
        String path = tus.create(PHOTO.length);
        tus.patch(path, 0, Arrays.copyOf(PHOTO, HALF));
        Instant twoDaysAgo = Instant.now().minus(Duration.ofDays(2));
        Files.setLastModifiedTime(server.part(id(path)), FileTime.from(twoDaysAgo));

        assertThat(tus.head(path).statusCode()).isEqualTo(410);
        assertProblem(tus.patch(path, HALF, new byte[1]), 410, "upload-expired");
    }

    @Test
    void terminates() throws Exception {
        String path = tus.create(PHOTO.length);
        tus.patch(path, 0, Arrays.copyOf(PHOTO, HALF));

        assertThat(tus.send("DELETE", path, NOTHING).statusCode()).isEqualTo(204);

        assertThat(tus.head(path).statusCode()).isEqualTo(404);
        assertThat(server.filesKept()).isEmpty();
    }

    @Test
    void takesTheFirstBytesWithTheCreation() throws Exception {
        HttpResponse<String> half = createWith(Arrays.copyOf(PHOTO, HALF));
        HttpResponse<String> whole = createWith(PHOTO);

        assertThat(half.statusCode()).isEqualTo(201);
        assertThat(offset(half)).isEqualTo(HALF);
        assertThat(offset(whole)).isEqualTo(PHOTO.length);
        assertThat(server.submissions.only().fileName()).isEqualTo("file");
    }

    @Test
    void keepsNothingOfACreationThatWasNotAccepted() throws Exception {
        assertProblem(
                createWith(PHOTO, "Upload-Checksum", checksum("sha1", NOTHING)),
                460,
                "checksum-mismatch");
        server.submissions.goAway();
        assertProblem(createWith(PHOTO), 503, "kafka-away");

        assertThat(server.filesKept().stream().filter(name -> name.startsWith("uploads")))
                .isEmpty();
    }

    @Test
    void takesAnEmptyFile() throws Exception {
        String path = tus.create(0);

        assertThat(server.submissions.only().assetId()).isEqualTo(id(path));
        assertThat(server.uploaded(id(path))).isEmpty();
        assertThat(tus.offset(path)).isZero();
    }

    @Test
    void learnsTheLengthLater() throws Exception {
        HttpResponse<String> created =
                tus.send("POST", "/api/uploads", NOTHING, "Upload-Defer-Length", "1");
        String path = created.headers().firstValue("Location").orElseThrow();
        tus.patch(path, 0, Arrays.copyOf(PHOTO, HALF));
        assertThat(tus.head(path).headers().firstValue("Upload-Defer-Length")).contains("1");
        byte[] rest = Arrays.copyOfRange(PHOTO, HALF, PHOTO.length);

        assertProblem(tus.patch(path, HALF, rest, "Upload-Length", "10"), 400, "invalid-upload");
        assertThat(tus.patch(path, HALF, rest, "Upload-Length", "300000").statusCode())
                .isEqualTo(204);

        assertThat(server.uploaded(id(path))).isEqualTo(PHOTO);
    }

    @Test
    void answers503UntilKafkaIsBackAndThenSubmitsOnTheNextQuestion() throws Exception {
        String path = tus.create(PHOTO.length);
        server.submissions.goAway();

        assertProblem(tus.patch(path, 0, PHOTO), 503, "kafka-away");
        HttpResponse<String> stillAway = tus.head(path);
        assertThat(stillAway.statusCode()).isEqualTo(503);
        assertThat(stillAway.headers().firstValue("Retry-After")).isPresent();
        server.submissions.comeBack();

        assertThat(tus.offset(path)).isEqualTo(PHOTO.length);
        assertThat(server.submissions.only().assetId()).isEqualTo(id(path));
        assertThat(server.uploaded(id(path))).isEqualTo(PHOTO);
    }

    @Test
    void servesClientsThatMayOnlyPost() throws Exception {
        String path = tus.create(PHOTO.length);

        HttpResponse<String> answer =
                tus.send(
                        "POST",
                        path,
                        PHOTO,
                        "X-HTTP-Method-Override",
                        "PATCH",
                        "Upload-Offset",
                        "0",
                        "Content-Type",
                        "application/offset+octet-stream");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(server.submissions.all()).hasSize(1);
    }

    private static HttpResponse<String> createWith(byte[] bytes, String... more) throws Exception {
        String[] headers = Arrays.copyOf(more, more.length + 4);
        headers[more.length] = "Content-Type";
        headers[more.length + 1] = "application/offset+octet-stream";
        headers[more.length + 2] = "Upload-Length";
        headers[more.length + 3] = Integer.toString(PHOTO.length);
        return tus.send("POST", "/api/uploads", bytes, headers);
    }

    private static void awaitPart(UUID id, long size) throws IOException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
        Path part = server.part(id);
        while (!Files.exists(part) || Files.size(part) < size) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(server.json(answer).get("type").asString())
                .isEqualTo("urn:darkroom:problem:" + type);
        assertThat(server.json(answer).get("detail").asString()).isNotBlank();
        assertThat(answer.headers().firstValue("Tus-Resumable")).contains("1.0.0");
    }

    private static String checksum(String algorithm, byte[] bytes) throws Exception {
        byte[] digest = MessageDigest.getInstance(algorithm.replace("sha", "SHA-")).digest(bytes);
        return algorithm + " " + Base64.getEncoder().encodeToString(digest);
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
