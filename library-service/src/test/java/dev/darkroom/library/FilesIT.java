package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilesIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final RunningLibrary library = RunningLibrary.SHARED;

    @BeforeEach
    void empty() {
        library.empty();
    }

    @Test
    void sendsAThumbnailByNameAndByPixels() throws IOException {
        UUID id = thumbnailed();

        HttpResponse<String> byName = library.get("/api/assets/" + id + "/thumbnails/small");

        assertThat(byName.statusCode()).isEqualTo(200);
        assertThat(byName.body()).isEqualTo("small bytes");
        assertThat(header(byName, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(header(byName, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(library.get("/api/assets/" + id + "/thumbnails/150").body())
                .isEqualTo("small bytes");
    }

    @Test
    void letsAnAnswerBeKeptOnlyWhenTheUrlNamesItsVersion() throws IOException {
        String url = "/api/assets/" + thumbnailed() + "/thumbnails/small";

        assertThat(header(library.get(url + "?v=1"), "Cache-Control")).contains("immutable");
        assertThat(header(library.get(url + "?v=2"), "Cache-Control")).contains("no-cache");
        assertThat(header(library.get(url), "Cache-Control")).contains("no-cache");
    }

    @Test
    void sendsNothingTwiceToOneWhoHasIt() throws IOException {
        UUID id = thumbnailed();
        for (String file : new String[] {"thumbnails/small", "original"}) {
            String url = "/api/assets/" + id + "/" + file;
            String etag = header(library.get(url), "ETag");

            HttpResponse<String> again = library.get(url, "If-None-Match", etag);

            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(etag);
            assertThat(library.get(url, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersHeadWithTheLengthAndWithoutTheBytes() throws IOException {
        HttpResponse<String> head =
                library.send("HEAD", "/api/assets/" + thumbnailed() + "/thumbnails/small");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo("11");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void sendsTheOriginalAsADownloadThatCannotRunAsAPageOfOurs() throws IOException {
        UUID id = library.photo("Zoë \"x\"\r\nSet-Cookie: a.html", NOON);

        HttpResponse<String> original = library.get("/api/assets/" + id + "/original");

        assertThat(original.statusCode()).isEqualTo(200);
        assertThat(header(original, "Content-Disposition"))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''Zo%C3%AB");
        assertThat(original.headers().map()).doesNotContainKey("set-cookie");
        assertThat(header(original, "Content-Security-Policy")).contains("sandbox");
        assertThat(header(original, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void sendsTheVideoInsideOfAMotionPhotoAsAFileOfItsOwn() throws IOException {
        UUID id = library.asset("photo", "a.jpg", NOON, bytes("photo0123456789"));
        library.asIngest
                .sql("update assets set motion_offset = 5, motion_length = 10 where asset_id = ?")
                .param(id)
                .update();
        String url = library.getJson("/api/assets/" + id).at("/links/motion").asString();

        HttpResponse<String> whole = library.get(url);
        HttpResponse<String> part = library.get(url, "Range", "bytes=2-4");

        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(header(whole, "Content-Type")).isEqualTo("video/mp4");
        assertThat(part.body()).isEqualTo("234");
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 2-4/10");
    }

    @Test
    void sendsTheVideoThatWasTakenWithAPhotoUntilItIsInTheTrash() throws IOException {
        UUID photo = library.photo("a.jpg", NOON);
        UUID video = library.asset("video", "a.mov", NOON, bytes("moving"));
        library.asIngest
                .sql("update assets set live_video_id = ? where asset_id = ?")
                .params(video, photo)
                .update();

        assertThat(library.get("/api/assets/" + photo + "/motion").body()).isEqualTo("moving");
        assertThat(library.getJson("/api/assets/" + photo).get("liveVideoId").asString())
                .isEqualTo(video.toString());

        library.asIngest
                .sql("update assets set deleted_at = now() where asset_id = ?")
                .param(video)
                .update();
        assertThat(library.get("/api/assets/" + photo + "/motion").statusCode()).isEqualTo(404);
        assertThat(library.get("/api/assets/" + video + "/motion").statusCode()).isEqualTo(404);
    }

    @Test
    void sendsRangesOfTheOriginal() throws IOException {
        UUID id = library.asset("photo", "a.jpg", NOON, bytes("0123456789"));
        String url = "/api/assets/" + id + "/original";

        HttpResponse<String> part = library.get(url, "Range", "bytes=2-4");
        HttpResponse<String> outside = library.get(url, "Range", "bytes=10-");
        HttpResponse<String> outdated =
                library.get(url, "Range", "bytes=2-4", "If-Range", "\"other\"");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(header(outside, "Content-Range")).isEqualTo("bytes */10");
        assertThat(header(outside, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(outdated.statusCode()).isEqualTo(200);
        assertThat(outdated.body()).isEqualTo("0123456789");
    }

    @Test
    void sendsAFileThatDoesNotFitIntoOneBuffer() throws IOException {
        String large = "0123456789abcdef".repeat(300_000);
        UUID id = library.asset("photo", "a.jpg", NOON, bytes(large));

        assertThat(library.get("/api/assets/" + id + "/original").body()).isEqualTo(large);
    }

    @Test
    void findsFilesByTheNumberOfTheAssetToo() throws IOException {
        UUID id = thumbnailed();
        long number = library.getJson("/api/assets/" + id).get("assetNo").asLong();

        assertThat(library.get("/api/assets/" + number + "/thumbnails/small").body())
                .isEqualTo("small bytes");
        assertThat(library.get("/api/assets/" + number + "/original").statusCode()).isEqualTo(200);
    }

    private UUID thumbnailed() throws IOException {
        UUID id = library.photo("heron.jpg", NOON);
        library.thumbnail(id, "small", 150, 100, bytes("small bytes"));
        return id;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
