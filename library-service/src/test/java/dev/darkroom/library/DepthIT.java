package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Depth maps and species of an asset; what embedding-worker would do is done here as its role.
class DepthIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final RunningLibrary library = RunningLibrary.SHARED;
    private UUID photo = UUID.randomUUID();

    @BeforeEach
    void empty() throws IOException {
        library.empty();
        library.asEmbedding.sql("delete from capabilities").update();
        library.depth.set(
                () -> {
                    throw new AssertionError("nobody should have been asked");
                });
        photo = library.photo("heron.jpg", NOON);
    }

    @Test
    void servesAMapAndRemembersThatItWasRead() throws IOException {
        library.depthMap(photo, "npy", "numbers");
        library.asEmbedding.sql("update depth_maps set accessed_at = '2020-01-01Z'").update();

        HttpResponse<String> answer = depth("npy");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("numbers");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-npy");
        assertThat(
                        library.asLibrary
                                .sql(
                                        "select access_count || ' ' || (accessed_at > now() - interval '1 minute') from depth_maps")
                                .query((row, _) -> row.getString(1))
                                .list())
                .containsExactly("1 true");
        String etag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(library.get(path("npy"), "If-None-Match", etag).statusCode()).isEqualTo(304);
    }

    @Test
    void hasADamagedMapMadeAgain() throws IOException {
        library.depthMap(photo, "png", "a map");
        library.damageDepthMap(photo, "png");
        hasAModel();
        library.depth.set(
                () -> {
                    library.depthMap(photo, "png", "a map");
                    return Map.entry(204, "");
                });

        HttpResponse<String> answer = depth("png");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a map");
    }

    @Test
    void saysWhichLineConfiguresAModelAndThatAMapIsDamaged() throws IOException {
        library.asEmbedding
                .sql(
                        "insert into capabilities (capability, available, detail) values ('depth', false, 'no model configured: set this')")
                .update();

        HttpResponse<String> none = depth("png");
        library.depthMap(photo, "png", "a map");
        library.damageDepthMap(photo, "png");
        HttpResponse<String> damaged = depth("png");

        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(none.body())
                .contains("urn:darkroom:problem:depth-unavailable")
                .contains("no model configured: set this");
        assertThat(damaged.statusCode()).isEqualTo(503);
        assertThat(damaged.body())
                .contains("missing or damaged; it cannot be made again: no model configured");
    }

    @Test
    void tellsWhoIsEarlyToComeBackAndWhoAsksInVainWhy() {
        hasAModel();
        CountDownLatch late = new CountDownLatch(1);
        library.depth.set(
                () -> {
                    late.await();
                    return Map.entry(204, "");
                });

        HttpResponse<String> early = depth("raw");
        late.countDown();
        library.depth.set(() -> Map.entry(422, "{\"detail\": \"heron.jpg: JPEG is cut off\"}"));
        HttpResponse<String> vain = depth("raw");

        assertThat(early.statusCode()).isEqualTo(202);
        assertThat(early.headers().firstValue("Retry-After")).contains("2");
        assertThat(vain.statusCode()).isEqualTo(404);
        assertThat(vain.body()).contains("depth-given-up").contains("JPEG is cut off");
        assertThat(depth("jpg").body()).contains("a depth map is png, npy, raw or exr: jpg");
    }

    @Test
    void showsSpeciesAndDepthMapsOfAnAsset() throws IOException {
        library.depthMap(photo, "exr", "numbers");
        library.asEmbedding
                .sql(
                        """
                        insert into species_predictions (asset_id, model_id, rank, asset_version, species_name,
                            common_name, confidence)
                        values (:id, 'm@1', 2, 1, 'Ardea alba', null, .2),
                            (:id, 'm@1', 1, 1, 'Ardea cinerea', 'Grey heron', .7)
                        """)
                .param("id", photo)
                .update();

        JsonNode asset = library.getJson("/api/assets/" + photo);

        assertThat(asset.path("species").toString())
                .isEqualTo(
                        """
                        [{"rank":1,"species":"Ardea cinerea","commonName":"Grey heron","confidence":0.7,\
                        "model":"m@1","version":1},\
                        {"rank":2,"species":"Ardea alba","confidence":0.2,"model":"m@1","version":1}]""");
        JsonNode map = asset.path("depthMaps").path(0);
        assertThat(map.path("format").asString()).isEqualTo("exr");
        assertThat(map.path("parameters").path("min").asDouble()).isEqualTo(.25);
        assertThat(library.get(map.path("url").asString()).body()).isEqualTo("numbers");
    }

    private void hasAModel() {
        library.asEmbedding
                .sql(
                        "insert into capabilities (capability, available, model_id, detail) values ('depth', true, 'near@1', '')")
                .update();
    }

    private HttpResponse<String> depth(String format) {
        return library.get(path(format));
    }

    private String path(String format) {
        return "/api/assets/" + photo + "/depth?format=" + format;
    }
}
