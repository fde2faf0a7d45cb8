package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real files in a registered folder, through every service: new, changed, renamed, deleted, back.
class FolderFlowIT {
    private final House house = House.shared();
    private @Nullable UUID repositoryId;

    @AfterEach
    void stopWatching() throws Exception {
        if (repositoryId != null) {
            send("DELETE", "/" + repositoryId, null);
        }
    }

    @Test
    void aFolderIsFollowedFromItsFirstFileToItsLast() throws Exception {
        // given: a folder with photos, a text, and what darktable knows about one of the photos
        Path folder = house.folder("watched");
        Path one = Photos.make(folder, "one.jpg", 800, 600, 501);
        Photos.make(Files.createDirectories(folder.resolve("2026")), "two.jpg", 800, 600, 502);
        Files.writeString(folder.resolve("notes.txt"), "Dear diary,\n");
        Files.writeString(folder.resolve("one.jpg.xmp"), xmp(4));
        byte[] first = Files.readAllBytes(one);

        // when it is registered
        register(folder);

        // then its photos are in the library, where they lie
        awaitAssets("one.jpg v1 ready", "two.jpg v1 ready");
        UUID id = id("one.jpg");
        assertThat(house.asset(id).path("storagePath").asString())
                .isEqualTo("repo://" + repositoryId + "/one.jpg");
        assertThat(house.bytes("/api/assets/" + id + "/original").body()).isEqualTo(first);
        patiently().until(() -> house.asset(id).path("rating").asInt() == 4);
        assertThat(thumbnails(id)).containsExactly("large v1", "medium v1", "small v1");

        // when a file comes, and another one changes
        Photos.make(folder, "three.jpg", 640, 480, 503);
        replace(one, 504);

        // then
        awaitAssets("one.jpg v2 ready", "three.jpg v1 ready", "two.jpg v1 ready");
        assertThat(id("one.jpg")).isEqualTo(id);
        patiently()
                .until(() -> thumbnails(id).equals(List.of("large v2", "medium v2", "small v2")));
        assertThat(house.bytes("/api/assets/" + id + "/original").body())
                .isEqualTo(Files.readAllBytes(one));

        // when one is renamed, with its sidecar
        List<String> rows = thumbnailRows(id);
        Path renamed = Files.createDirectories(folder.resolve("best")).resolve("first.jpg");
        Files.move(one, renamed);
        Files.move(folder.resolve("one.jpg.xmp"), folder.resolve("best/first.jpg.xmp"));

        // then it is the same asset, and nobody worked on it
        awaitAssets("first.jpg v2 ready", "three.jpg v1 ready", "two.jpg v1 ready");
        assertThat(id("first.jpg")).isEqualTo(id);
        assertThat(thumbnailRows(id)).isEqualTo(rows);
        patiently().until(() -> house.asset(id).path("rating").asInt() == 4);

        // when one is deleted, it is in the trash; when it comes back, it is the same asset
        Path kept = folder.resolveSibling(folder.getFileName() + "-kept.jpg");
        Files.move(folder.resolve("three.jpg"), kept);
        UUID third = id("three.jpg");
        awaitAssets(
                "first.jpg v2 ready",
                "three.jpg v1 ready in the trash by sync",
                "two.jpg v1 ready");
        assertThat(house.get("/api/assets?trash=true").body()).contains(third.toString());
        assertThat(house.get("/api/assets").body()).doesNotContain(third.toString());
        Files.copy(kept, folder.resolve("2026/three.jpg"));
        awaitAssets("first.jpg v2 ready", "three.jpg v1 ready", "two.jpg v1 ready");
        assertThat(id("three.jpg")).isEqualTo(third);

        // nobody wrote into the folder
        assertThat(Files.readString(folder.resolve("notes.txt"))).isEqualTo("Dear diary,\n");
        try (var files = Files.walk(folder)) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(file -> folder.relativize(file).toString()))
                    .filteredOn(name -> !name.startsWith(".darkroom"))
                    .containsExactlyInAnyOrder(
                            "2026/three.jpg",
                            "2026/two.jpg",
                            "best/first.jpg",
                            "best/first.jpg.xmp",
                            "notes.txt");
        }
    }

    @Test
    void aThumbnailOnDemandIsMadeOnceAndKeptAndMadeAnewForTheNextVersion() throws Exception {
        // given
        Path folder = house.folder("demand");
        Path photo = Photos.make(folder, "photo.jpg", 2_400, 1_800, 601);
        register(folder);
        awaitAssets("photo.jpg v1 ready");
        UUID id = id("photo.jpg");
        assertThat(thumbnails(id)).containsExactly("large v1", "medium v1", "small v1");

        // when several ask for it, by name and by pixels
        awaitPreview(id, "preview");
        awaitPreview(id, "1920");

        // then it was made once, as a task of its own
        assertThat(thumbnails(id)).contains("preview v1");
        assertThat(requests(id)).hasSize(1);
        assertThat(
                        house.query(
                                "select attempts || ' ' || status || ' ' || required from"
                                        + " processing_tasks"
                                        + " where asset_id = '%s' and task = 'thumbnail-preview'"
                                                .formatted(id)))
                .containsExactly("1 completed false");

        // when the photo changes, it is made anew for who asks
        Path fresh = Photos.make(house.folder("fresh"), "fresh.jpg", 2_400, 1_800, 602);
        Files.move(fresh, photo, StandardCopyOption.ATOMIC_MOVE);
        awaitAssets("photo.jpg v2 ready");
        assertThat(thumbnails(id)).contains("preview v1");
        awaitPreview(id, "preview");
        assertThat(thumbnails(id)).contains("preview v2");
        assertThat(requests(id)).hasSize(2);
    }

    private void awaitPreview(UUID id, String size) {
        patiently()
                .untilAsserted(
                        () -> {
                            HttpResponse<byte[]> answer =
                                    house.bytes("/api/assets/" + id + "/thumbnails/" + size);
                            assertThat(answer.statusCode()).isEqualTo(200);
                            assertThat(
                                            ImageIO.read(new ByteArrayInputStream(answer.body()))
                                                    .getWidth())
                                    .isEqualTo(1_920);
                        });
    }

    private List<?> requests(UUID id) {
        return house.records(
                "thumbnail-requested",
                record -> new String(record.key(), StandardCharsets.UTF_8).equals(id.toString()));
    }

    private void register(Path folder) throws Exception {
        HttpResponse<String> answer =
                send(
                        "POST",
                        "",
                        Map.of(
                                "path", folder.toString(),
                                "rescanIntervalSeconds", 5,
                                "deleteFusePercent", 100));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode added = JsonMapper.shared().readTree(answer.body());
        repositoryId = UUID.fromString(added.path("repositoryId").asString());
    }

    /// Whole at once, as programs save.
    private static void replace(Path file, long seed) throws Exception {
        Path fresh = Photos.make(file.getParent(), ".fresh.jpg", 800, 600, seed);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitAssets(String... expected) {
        patiently().untilAsserted(() -> assertThat(assets()).containsExactly(expected));
    }

    private List<String> assets() throws Exception {
        return house.query(
                """
                select original_filename || ' v' || version
                    || case when ready_version = version then ' ready' else '' end
                    || coalesce(' in the trash by ' || deleted_by, '')
                from assets where repository_id = '%s' order by 1
                """
                        .formatted(repositoryId));
    }

    private UUID id(String name) throws Exception {
        return UUID.fromString(
                house.query(
                                "select asset_id from assets where original_filename = '%s' and repository_id = '%s'"
                                        .formatted(name, repositoryId))
                        .getFirst());
    }

    private List<String> thumbnails(UUID id) throws Exception {
        return house.query(
                "select size || ' v' || asset_version from thumbnails where asset_id = '%s' order by 1"
                        .formatted(id));
    }

    private List<String> thumbnailRows(UUID id) throws Exception {
        return house.query(
                "select t::text from thumbnails t where asset_id = '%s' order by 1".formatted(id));
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable Map<String, Object> body) throws Exception {
        return house.send(
                HttpRequest.newBuilder(house.uploads("/api/repositories" + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(
                                                JsonMapper.shared().writeValueAsString(body)))
                        .build());
    }

    private static String xmp(int rating) {
        return """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="%d"/>
        </rdf:RDF></x:xmpmeta>
        """
                .formatted(rating);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(250));
    }
}
