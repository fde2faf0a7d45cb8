package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.RepositoryFolder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The trash, and originals in place.
class TrashIT {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final RunningLibrary library = RunningLibrary.SHARED;

    @BeforeEach
    void empty() {
        library.empty();
    }

    @Test
    void whatIsInTheTrashIsListedThereAndNowhereElse() throws IOException {
        UUID kept = library.photo("kept.jpg", NOON);
        UUID thrown = library.photo("thrown.jpg", NOON);

        assertThat(library.send("DELETE", "/api/assets/" + thrown).statusCode()).isEqualTo(204);

        assertThat(ids("/api/assets")).containsExactly(kept.toString());
        assertThat(ids("/api/assets?trash=true")).containsExactly(thrown.toString());
        assertThat(ids("/api/assets?trash=true&q=thrown")).containsExactly(thrown.toString());
        assertThat(library.getJson("/api/assets/" + thrown).get("deletedBy").asString())
                .isEqualTo("user");
        assertThat(events(thrown)).containsExactly("asset.deleted.v1");
    }

    @Test
    void whatIsTakenOutIsBackAndBothCanBeSaidTwice() throws IOException {
        UUID id = library.photo("a.jpg", NOON);
        String url = "/api/assets/" + id;
        library.send("DELETE", url);
        library.send("DELETE", url);

        assertThat(library.send("POST", url + "/restore").statusCode()).isEqualTo(204);
        assertThat(library.send("POST", url + "/restore").statusCode()).isEqualTo(204);

        assertThat(ids("/api/assets")).containsExactly(id.toString());
        assertThat(events(id)).containsExactly("asset.deleted.v1", "asset.updated.v1");
    }

    @Test
    void saysWhichAssetIsNotThere() {
        String url = "/api/assets/" + UUID.randomUUID();

        assertThat(library.send("DELETE", url).statusCode()).isEqualTo(404);
        assertThat(library.send("POST", url + "/restore").statusCode()).isEqualTo(404);
    }

    @Test
    void theSameContentIsNotTwiceInTheLibrary() throws IOException {
        UUID old = library.photo("a.jpg", NOON);
        library.send("DELETE", "/api/assets/" + old);
        UUID now = library.photo("a.jpg", NOON);
        library.asIngest
                .sql(
                        """
                        update assets set content_hash =
                            (select content_hash from assets where asset_id = :old) where asset_id = :now
                        """)
                .param("old", old)
                .param("now", now)
                .update();

        HttpResponse<String> answer = library.send("POST", "/api/assets/" + old + "/restore");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("urn:darkroom:problem:same-content");
    }

    @Test
    void anOriginalInPlaceIsSentUnderItsNameAndNotRestoredWithoutItsFile(@TempDir Path folder)
            throws IOException {
        // given: a watched folder with a file whose name is no text
        UUID repository = library.repository(folder.toString());
        library.asIngest
                .sql("update repositories set watched = true where repository_id = ?")
                .param(repository)
                .update();
        FilePath path = new FilePath(".sub/Zo\\xEB \u2602.jpg");
        Path file = RepositoryFolder.at(folder.toString()).resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "bytes in place");
        UUID id = inPlace(repository, path);

        // then
        HttpResponse<String> original = library.get("/api/assets/" + id + "/original");
        assertThat(original.statusCode()).as(original.body()).isEqualTo(200);
        assertThat(original.body()).isEqualTo("bytes in place");
        assertThat(original.headers().firstValue("Content-Disposition").orElse(""))
                .contains("filename*=UTF-8''Zo%5CxEB%20%E2%98%82.jpg");
        assertThat(folder).isDirectoryNotContaining("glob:**/.staging");

        // when: it is thrown away, and then its file vanishes
        library.send("DELETE", "/api/assets/" + id);
        JdbcClient.create(library.database.pool(Role.SYNC))
                .sql("delete from file_records")
                .update();
        Files.delete(file);

        HttpResponse<String> answer = library.send("POST", "/api/assets/" + id + "/restore");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("urn:darkroom:problem:file-gone");
    }

    private UUID inPlace(UUID repository, FilePath path) throws IOException {
        UUID id = library.photo("Zo\\xEB \u2602.jpg", NOON);
        long fileId =
                JdbcClient.create(library.database.pool(Role.SYNC))
                        .sql(
                                """
                                insert into file_records (repository_id, file_path, file_size, mod_time,
                                    change_time, device, inode, content_hash, content_version, hash_pending)
                                select :repository, :path, 14, now(), now(), 1, 1, content_hash, 1, false
                                from assets where asset_id = :id
                                returning file_id
                                """)
                        .param("repository", repository)
                        .param("path", path.text())
                        .param("id", id)
                        .query(Long.class)
                        .single();
        library.asIngest
                .sql(
                        """
                        update assets set repository_id = :repository, file_id = :file, storage_path = :uri
                        where asset_id = :id
                        """)
                .param("repository", repository)
                .param("file", fileId)
                .param("uri", StorageUri.ofFile(repository, path).text())
                .param("id", id)
                .update();
        return id;
    }

    private List<String> ids(String path) {
        return library.getJson(path)
                .get("items")
                .valueStream()
                .map(item -> item.get("assetId").asString())
                .toList();
    }

    private List<String> events(UUID id) {
        return library.asIngest
                .sql("select event_type from outbox where aggregate_id = ? order by created_at")
                .param(id.toString())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
