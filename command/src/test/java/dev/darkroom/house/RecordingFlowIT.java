package dev.darkroom.house;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.darkroom.delivery.EventCodec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A video, a sound and a photo that moves, the whole way.
class RecordingFlowIT {
    private static final Instant NOON = Instant.parse("2026-05-06T12:00:00Z");

    private final House house = House.shared();

    @Test
    void aVideoBecomesAPosterAndALoop() throws Exception {
        // given
        Path video = Recordings.video(house.folder("video"), "clip.mov", 3, NOON);

        // when
        UUID assetId = submit(video);

        // then
        JsonNode asset = whenReady(assetId);
        assertThat(asset.path("assetType").asString()).isEqualTo("video");
        assertThat(asset.path("durationSeconds").asDouble()).isCloseTo(3, within(0.01));
        assertThat(asset.path("width").asInt()).isEqualTo(640);
        assertThat(asset.path("takenAt").asString()).isEqualTo(NOON.toString());
        assertThat(asset.path("specificMetadata").path("VideoCodec").asString()).isEqualTo("mjpeg");
        assertThat(asset.path("specificMetadata").path("FrameRate").asDouble()).isEqualTo(8);
        assertTasksCompleted(asset);
        assertThat(asset.path("thumbnails"))
                .extracting(
                        one ->
                                "%s %s %d x %d"
                                        .formatted(
                                                one.path("size").asString(),
                                                one.path("mimeType").asString(),
                                                one.path("width").asInt(),
                                                one.path("height").asInt()))
                .containsExactly(
                        "small image/jpeg 150 x 113",
                        "medium image/jpeg 300 x 225",
                        "large image/jpeg 640 x 480",
                        "loop image/webp 320 x 240");
        BufferedImage poster = picture(assetId, "large");
        assertThat(poster.getRGB(600, 40) & 0xff).isCloseTo(0x8f, within(12));
        byte[] loop = house.bytes("/api/assets/" + assetId + "/thumbnails/loop").body();
        assertThat(new String(loop, ISO_8859_1)).startsWith("RIFF").contains("WEBP", "ANIM");
        assertThat(house.bytes("/api/assets/" + assetId + "/original").body())
                .isEqualTo(Files.readAllBytes(video));
    }

    @Test
    void aSoundBecomesATrackAndAWaveform() throws Exception {
        // given
        Path sound = Recordings.sound(house.folder("sound"), "take 7.wav", 2, "Rain", "The Drops");

        // when
        UUID assetId = submit(sound);

        // then
        JsonNode asset = whenReady(assetId);
        assertThat(asset.path("assetType").asString()).isEqualTo("audio");
        assertTasksCompleted(asset);
        BufferedImage waveform = picture(assetId, "large");
        assertThat(waveform.getWidth()).isEqualTo(1_024);
        assertThat(
                        house.query(
                                """
                        select concat_ws('|', title, artist, channels, sample_rate, bitrate, format,
                            round(duration_seconds), asset_version)
                        from audio_tracks where asset_id = '%s'"""
                                        .formatted(assetId)))
                .containsExactly("Rain|The Drops|1|22050|352800|WAV|2|1");
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                !house.records(
                                                "cdc.audio_tracks",
                                                record ->
                                                        new String(record.key(), UTF_8)
                                                                .contains(assetId.toString()))
                                        .isEmpty());
    }

    @Test
    void aPhotoMovesWithTheVideoThatWasTakenWithItThoughTheVideoCameFirst() throws Exception {
        // given
        Path folder = house.folder("live");
        Path video = Recordings.video(folder, "IMG_0042.MOV", 2, NOON);
        Path photo = Recordings.photo(folder, "IMG_0042.JPG", NOON.plus(Duration.ofHours(2)));

        // when
        UUID videoId = submit(video);
        whenReady(videoId);
        UUID photoId = submit(photo);

        // then
        JsonNode asset = whenReady(photoId);
        assertThat(asset.path("liveVideoId").asString()).isEqualTo(videoId.toString());
        String motion = asset.path("links").path("motion").asString();
        assertThat(house.bytes(motion).body()).isEqualTo(Files.readAllBytes(video));
        assertThat(house.bytes(motion).headers().firstValue("Content-Type"))
                .contains("video/quicktime");
    }

    private UUID submit(Path file) throws Exception {
        UUID assetId = EventCodec.newId();
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            uploader.submit(assetId, file).join();
        }
        return assetId;
    }

    private JsonNode whenReady(UUID assetId) throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> {
                            JsonNode asset = house.asset(assetId);
                            return asset != null && asset.path("ready").asBoolean();
                        });
        return house.asset(assetId);
    }

    private static void assertTasksCompleted(JsonNode asset) {
        assertThat(asset.path("tasks"))
                .extracting(
                        task -> task.path("task").asString() + " " + task.path("status").asString())
                .containsExactlyInAnyOrder("ingest completed", "thumbnail completed");
    }

    private BufferedImage picture(UUID assetId, String size) throws Exception {
        byte[] bytes = house.bytes("/api/assets/" + assetId + "/thumbnails/" + size).body();
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }
}
