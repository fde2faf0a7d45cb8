package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BrowsingIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123456Z");

    private final RunningLibrary library = RunningLibrary.SHARED;

    @BeforeEach
    void empty() {
        library.empty();
    }

    @Test
    void neitherSkipsNorRepeatsARowWhileRowsAreInsertedBetweenPages() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            // Groups of seven share their time, so that pages end inside of a group.
            expected.add(library.photo("a" + i + ".jpg", NOON.minusSeconds(i / 7)).toString());
        }

        List<String> seen = new ArrayList<>();
        String next = "/api/assets?limit=5";
        for (int page = 0; next != null; page++) {
            JsonNode body = library.getJson(next);
            body.get("items").forEach(item -> seen.add(item.get("assetId").asString()));
            next = body.path("nextUrl").asString(null);
            library.photo("same time " + page, NOON.minusSeconds(page / 2));
            library.photo("newest " + page, NOON.plusSeconds(page));
        }

        assertThat(seen).doesNotHaveDuplicates().containsAll(expected);
    }

    @Test
    void ordersByTimeTakenElseUploadedNewestFirst() throws IOException {
        UUID old = library.photo("old.jpg", NOON);
        UUID uploadedNow = library.asset("photo", "no date.jpg", null, new byte[] {1});
        UUID older = library.photo("older.jpg", NOON.minusSeconds(1));

        assertThat(ids("/api/assets")).containsExactly(uploadedNow, old, older);
    }

    @Test
    void leavesDeletedOnesOutOfListsButShowsThemByTheirId() throws IOException {
        UUID gone = library.photo("gone.jpg", NOON);
        UUID kept = library.photo("kept.jpg", NOON);
        library.asLibrary
                .sql("update assets set deleted_at = now() where asset_id = ?")
                .param(gone)
                .update();

        assertThat(ids("/api/assets")).containsExactly(kept);
        assertThat(library.getJson("/api/assets/" + gone).has("deletedAt")).isTrue();
    }

    @Test
    void filtersByTypeAndTakesImageForPhoto() throws IOException {
        UUID photo = library.photo("a.jpg", NOON);
        UUID video = library.asset("video", "b.mp4", NOON, new byte[] {1});

        assertThat(ids("/api/assets?type=image")).containsExactly(photo);
        assertThat(ids("/api/assets?type=photo")).containsExactly(photo);
        assertThat(ids("/api/assets?type=video")).containsExactly(video);
    }

    @Test
    void findsPartsOfNamesAndWordsAndTakesPercentAndUnderscoreLiterally() throws IOException {
        UUID summer = library.photo("IMG_2041 Sommer.jpg", NOON);
        UUID hundred = library.photo("100%.jpg", NOON.minusSeconds(1));
        UUID described = library.photo("x.jpg", NOON.minusSeconds(2));
        library.asLibrary
                .sql("update assets set description = 'Two herons at dawn' where asset_id = ?")
                .param(described)
                .update();

        assertThat(ids("/api/assets?q=omme")).containsExactly(summer);
        assertThat(ids("/api/assets?q=G_20")).containsExactly(summer);
        assertThat(ids("/api/assets?q=%25")).containsExactly(hundred);
        assertThat(ids("/api/assets?q=herons")).containsExactly(described);
        assertThat(ids("/api/assets?q=%27%3B--")).isEmpty();
        assertThat(ids("/api/assets?q=+")).hasSize(3);
    }

    @Test
    void carriesTheFilterIntoTheNextPage() throws IOException {
        for (int i = 0; i < 3; i++) {
            library.photo("näher & weiter " + i + ".jpg", NOON);
            library.photo("other " + i + ".jpg", NOON);
        }

        HttpResponse<String> first =
                library.get("/api/assets?limit=2&type=photo&q=n%C3%A4her+%26+weiter");
        String next = library.json(first).get("nextUrl").asString();

        assertThat(first.headers().firstValue("Link")).hasValue("<" + next + ">; rel=\"next\"");
        JsonNode last = library.getJson(next);
        assertThat(last.get("items")).hasSize(1);
        assertThat(last.has("next")).isFalse();
    }

    @Test
    void tellsAllThatAListNeedsInOneItem() throws IOException {
        UUID id = library.photo("heron.jpg", NOON);
        library.asIngest
                .sql(
                        """
                        update assets set width = 4000, height = 3000, orientation = 6,
                            camera_make = 'Leica', camera_model = 'Q3', latitude = 46.5,
                            longitude = 7.25, ready_version = 1 where asset_id = ?
                        """)
                .param(id)
                .update();
        library.thumbnail(id, "large", 768, 1024, new byte[] {1});
        library.thumbnail(id, "small", 112, 150, new byte[] {2});

        JsonNode item = library.getJson("/api/assets").get("items").get(0);

        assertThat(item.get("width").asInt()).as("upright").isEqualTo(3000);
        assertThat(item.get("height").asInt()).as("upright").isEqualTo(4000);
        assertThat(item.get("takenAt").asString()).isEqualTo("2026-06-01T12:00:00.123456Z");
        assertThat(item.at("/camera/model").asString()).isEqualTo("Q3");
        assertThat(item.at("/location/latitude").asDouble()).isEqualTo(46.5);
        assertThat(item.get("ready").asBoolean()).isTrue();
        assertThat(item.get("thumbhash").asString()).isEqualTo("1QcSHQRnh493V4dIh4eXh1h4kJUI");
        assertThat(item.at("/thumbnails/0/size").asString()).isEqualTo("small");
        assertThat(item.at("/thumbnails/1/url").asString())
                .isEqualTo("/api/assets/" + id + "/thumbnails/large?v=1");
        assertThat(library.get(item.at("/thumbnails/1/url").asString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void showsOneAssetWithItsTasksAndFilesByIdAndByNumber() throws IOException {
        UUID id = library.photo("heron.jpg", NOON);
        library.thumbnailTask(id, "failed", "the decoder ran out of time");
        library.asIngest
                .sql(
                        """
                        insert into asset_files (asset_id, role, storage_path, content_hash,
                            file_size, mime_type)
                        select asset_id, 'original', storage_path, content_hash, file_size, mime_type
                        from assets where asset_id = ?
                        """)
                .param(id)
                .update();
        library.asIngest
                .sql(
                        """
                        update assets set specific_metadata = '{"Camera": "Q3", "Stops": [1, 2.5]}'
                        where asset_id = ?
                        """)
                .param(id)
                .update();

        JsonNode asset = library.getJson("/api/assets/" + id);

        assertThat(asset.at("/specificMetadata/Stops/1").asDouble()).isEqualTo(2.5);
        assertThat(asset.get("storagePath").asString()).startsWith("repo://");
        assertThat(asset.at("/files/0/role").asString()).isEqualTo("original");
        assertThat(asset.at("/tasks/0/task").asString()).isEqualTo("thumbnail");
        assertThat(asset.at("/tasks/0/status").asString()).isEqualTo("failed");
        assertThat(asset.at("/tasks/0/lastError").asString())
                .isEqualTo("the decoder ran out of time");
        assertThat(library.getJson("/api/assets/" + asset.get("assetNo").asLong()))
                .isEqualTo(asset);
    }

    @Test
    void mayNotWriteWhatBelongsToIngest() throws IOException {
        UUID id = library.photo("heron.jpg", NOON);

        assertThatThrownBy(
                        () ->
                                library.asLibrary
                                        .sql(
                                                "update assets set content_hash = '' where asset_id = ?")
                                        .param(id)
                                        .update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    private List<UUID> ids(String path) {
        List<UUID> ids = new ArrayList<>();
        library.getJson(path)
                .get("items")
                .forEach(item -> ids.add(UUID.fromString(item.get("assetId").asString())));
        return ids;
    }
}
