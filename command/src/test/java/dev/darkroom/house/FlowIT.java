package dev.darkroom.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.delivery.DeliveryHeaders;
import dev.darkroom.delivery.EventCodec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One photo, the whole way, through each of the three doors.
class FlowIT {
    private final House house = House.shared();

    @Test
    void aSubmissionOnKafkaBecomesThumbnailsOnTheChangeStream() throws Exception {
        // given
        Path photo = Photos.make(house.folder("kafka"), "kafka.jpg", 1_600, 1_200, 1);
        UUID assetId = EventCodec.newId();

        // when
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            uploader.submit(assetId, photo).join();
        }

        // then
        assertWholeWay(assetId, "kafka.jpg");
    }

    @Test
    void aMultipartUploadBecomesThumbnailsOnTheChangeStream() throws Exception {
        // given
        Path photo = Photos.make(house.folder("form"), "form.jpg", 1_600, 1_200, 2);
        byte[] head =
                "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"form.jpg\"\r\n\r\n"
                        .getBytes(UTF_8);
        byte[] tail = "\r\n--edge--\r\n".getBytes(UTF_8);

        // when
        HttpResponse<String> answer =
                house.send(
                        HttpRequest.newBuilder(house.uploads("/api/assets"))
                                .header("Content-Type", "multipart/form-data; boundary=edge")
                                .POST(
                                        BodyPublishers.ofByteArrays(
                                                List.of(head, Files.readAllBytes(photo), tail)))
                                .build());

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode accepted = JsonMapper.shared().readTree(answer.body());
        assertWholeWay(UUID.fromString(accepted.path("assetId").asString()), "form.jpg");
    }

    @Test
    void aTusUploadInPiecesBecomesThumbnailsOnTheChangeStream() throws Exception {
        // given
        byte[] photo =
                Files.readAllBytes(Photos.make(house.folder("tus"), "tus.jpg", 1_600, 1_200, 3));
        String name = Base64.getEncoder().encodeToString("tus.jpg".getBytes(UTF_8));
        HttpResponse<String> created =
                house.send(
                        tus(house.uploads("/api/uploads"))
                                .header("Upload-Length", String.valueOf(photo.length))
                                .header("Upload-Metadata", "filename " + name)
                                .POST(BodyPublishers.noBody())
                                .build());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        URI upload = house.uploads(created.headers().firstValue("Location").orElseThrow());

        // when
        int half = photo.length / 2;
        assertThat(patch(upload, photo, 0, half).statusCode()).isEqualTo(204);
        assertThat(patch(upload, photo, half, photo.length).statusCode()).isEqualTo(204);

        // then
        String path = upload.getPath();
        assertWholeWay(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)), "tus.jpg");
    }

    @Test
    void aFileThatIsNoPhotoIsOneDeadLetterThatSaysWhy() throws Exception {
        // given
        Path text = Files.writeString(house.folder("bad").resolve("holiday.jpg"), "Dear diary,\n");
        UUID assetId = EventCodec.newId();

        // when
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            uploader.submit(assetId, text).join();
        }

        // then
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(about("asset-submitted.ingest.dlt", assetId))
                                        .singleElement()
                                        .extracting(FlowIT::reason)
                                        .asString()
                                        .contains("holiday.jpg")
                                        .contains("text"));
        assertThat(house.asset(assetId)).isNull();
    }

    @Test
    void aPhotoThatCannotBeDecodedIsKeptAndItsOwnerIsToldWhy() throws Exception {
        // given: a JPEG that tells its size and ends
        Path whole = Photos.make(house.folder("cut"), "whole.jpg", 800, 600, 4);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(whole.resolveSibling("cut.jpg"), Arrays.copyOf(bytes, 640));
        UUID assetId = EventCodec.newId();

        // when
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            uploader.submit(assetId, cut).join();
        }

        // then
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(about("asset-changed", assetId))
                                        .singleElement()
                                        .satisfies(
                                                record -> {
                                                    assertThat(type(record))
                                                            .isEqualTo("asset.stalled.v1");
                                                    assertThat(new String(record.value(), UTF_8))
                                                            .contains("thumbnail")
                                                            .contains("cut.jpg");
                                                }));
        assertThat(about("asset-created.thumbnail.dlt", assetId))
                .singleElement()
                .extracting(FlowIT::reason)
                .asString()
                .contains("cut.jpg");
        assertThat(house.bytes("/api/assets/" + assetId + "/original").body())
                .isEqualTo(Files.readAllBytes(cut));
    }

    @Test
    void theSameBytesAgainAreADuplicateOfTheFirst() throws Exception {
        // given
        Path photo = Photos.make(house.folder("twice"), "once.jpg", 640, 480, 5);
        Path copy = Files.copy(photo, photo.resolveSibling("again.jpg"));
        UUID first = EventCodec.newId();
        UUID second = EventCodec.newId();

        // when
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            uploader.submit(first, photo).join();
            patiently().until(() -> house.asset(first) != null);
            uploader.submit(second, copy).join();
        }

        // then
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(about("asset-changed", second))
                                        .singleElement()
                                        .satisfies(
                                                record -> {
                                                    assertThat(type(record))
                                                            .isEqualTo("asset.duplicate.v1");
                                                    assertThat(new String(record.value(), UTF_8))
                                                            .contains(first.toString());
                                                }));
        assertThat(house.asset(second)).isNull();
    }

    @Test
    void otherBytesUnderAnIdThatIsTakenAreADeadLetterAndTheFirstStay() throws Exception {
        // given
        Path folder = house.folder("id");
        Path one = Photos.make(folder, "one.jpg", 640, 480, 6);
        Path other = Photos.make(folder, "other.jpg", 640, 480, 7);
        UUID assetId = EventCodec.newId();

        // when: both at once, so that they may meet in one batch
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            var first = uploader.submit(assetId, one);
            var second = uploader.submit(assetId, other);
            first.join();
            second.join();
        }

        // then
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(about("asset-submitted.ingest.dlt", assetId))
                                        .singleElement()
                                        .extracting(FlowIT::reason)
                                        .asString()
                                        .contains("belongs to an asset with other bytes"));
        assertThat(house.asset(assetId).path("originalFilename").asString()).isEqualTo("one.jpg");
        HttpResponse<byte[]> original = house.bytes("/api/assets/" + assetId + "/original");
        assertThat(original.body()).isEqualTo(Files.readAllBytes(one));
    }

    @Test
    void aPathOutsideTheAllowedFoldersIsRefused() throws Exception {
        // given: a link inside, to a file outside
        Path outside = Files.createTempFile("outside", ".jpg");
        Path link = Files.createSymbolicLink(house.folder("link").resolve("in.jpg"), outside);
        UUID assetId = EventCodec.newId();

        // when
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            uploader.submit(assetId, link).join();
        }

        // then
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(about("asset-submitted.ingest.dlt", assetId))
                                        .singleElement()
                                        .extracting(FlowIT::reason)
                                        .asString()
                                        .contains("outside the folders that may be read"));
    }

    @Test
    void aPhotoIsInTheSpaceThatIsSearchedAndAModelCanBeToldToGoOverTheRest() throws Exception {
        // given
        Path photo = Photos.make(house.folder("space"), "space.jpg", 640, 480, 8);
        UUID assetId = EventCodec.newId();
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            uploader.submit(assetId, photo).join();
        }
        patiently().until(() -> house.asset(assetId) != null);
        assertEmbedded(assetId);

        // when
        HttpResponse<String> reprocessed =
                house.send(
                        HttpRequest.newBuilder(house.uploads("/api/reprocess"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"task\":\"embedding\",\"model\":\"visual-v1\"}"))
                                .build());
        HttpResponse<String> spaces =
                house.send(
                        HttpRequest.newBuilder(house.running().embeddings().resolve("/api/spaces"))
                                .build());

        // then
        assertThat(reprocessed.statusCode()).as(reprocessed.body()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(reprocessed.body()).path("model").asString())
                .startsWith("visual-v1@");
        JsonNode space =
                JsonMapper.shared()
                        .readTree(spaces.body())
                        .path("items")
                        .valueStream()
                        .filter(one -> one.path("modelId").asString("").startsWith("visual-v1@"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(spaces.body()));
        assertThat(space.path("state").asString()).isEqualTo("active");
        assertThat(space.path("vectors").asLong()).isPositive();
    }

    private void assertWholeWay(UUID assetId, String fileName) throws Exception {
        patiently()
                .untilAsserted(
                        () -> {
                            JsonNode asset = house.asset(assetId);
                            assertThat(asset).isNotNull();
                            assertThat(asset.path("ready").asBoolean()).isTrue();
                        });
        JsonNode asset = house.asset(assetId);
        assertThat(asset.path("originalFilename").asString()).isEqualTo(fileName);
        assertThat(asset.path("width").asInt()).isEqualTo(1_600);
        assertThat(asset.path("tasks"))
                .extracting(
                        task -> task.path("task").asString() + " " + task.path("status").asString())
                .contains("ingest completed", "thumbnail completed");
        assertEmbedded(assetId);
        assertThumbnail(assetId, "small", 150);
        assertThumbnail(assetId, "medium", 300);
        assertThumbnail(assetId, "large", 1_024);
        assertThat(about("cdc.thumbnails", assetId))
                .extracting(FlowIT::size)
                .containsExactlyInAnyOrder("small", "medium", "large");
        assertThat(about("cdc.assets", assetId)).isNotEmpty();
        assertThat(about("asset-changed", assetId))
                .extracting(FlowIT::type)
                .containsExactly("asset.ready.v1");
    }

    /// The asset is ready without its embedding, so that may come later.
    private void assertEmbedded(UUID assetId) {
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(house.asset(assetId).path("tasks"))
                                        .extracting(
                                                task ->
                                                        task.path("task").asString()
                                                                + " "
                                                                + task.path("status").asString())
                                        .contains(
                                                "embedding completed",
                                                "species skipped",
                                                "faces skipped",
                                                "depth skipped"));
        patiently()
                .untilAsserted(
                        () -> {
                            assertThat(about("cdc.embeddings", assetId)).hasSize(1);
                            assertThat(about("cdc.perceptual_hashes", assetId)).hasSize(1);
                        });
    }

    private void assertThumbnail(UUID assetId, String size, int longestEdge) throws Exception {
        HttpResponse<byte[]> answer = house.bytes("/api/assets/" + assetId + "/thumbnails/" + size);
        assertThat(answer.statusCode()).isEqualTo(200);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(picture.getWidth()).isEqualTo(longestEdge);
        assertThat(picture.getHeight()).isEqualTo(Math.round(longestEdge * 0.75f));
    }

    private List<ConsumerRecord<byte[], byte[]>> about(String topic, UUID assetId) {
        return house.records(
                topic, record -> new String(record.key(), UTF_8).contains(assetId.toString()));
    }

    private static String type(ConsumerRecord<byte[], byte[]> record) {
        return EventCodec.header(record.headers(), "ce_type");
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record) {
        return EventCodec.header(record.headers(), DeliveryHeaders.REASON);
    }

    private static String size(ConsumerRecord<byte[], byte[]> record) {
        return JsonMapper.shared().readTree(record.key()).path("size").asString();
    }

    private HttpResponse<String> patch(URI upload, byte[] photo, int from, int to)
            throws Exception {
        return house.send(
                tus(upload)
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", String.valueOf(from))
                        .method("PATCH", BodyPublishers.ofByteArray(photo, from, to - from))
                        .build());
    }

    private static HttpRequest.Builder tus(URI uri) {
        return HttpRequest.newBuilder(uri).header("Tus-Resumable", "1.0.0");
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(250));
    }
}
