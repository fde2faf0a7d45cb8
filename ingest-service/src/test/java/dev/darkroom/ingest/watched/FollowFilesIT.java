package dev.darkroom.ingest.watched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.schema.FileEvent;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a file in a watched repository, one case each.
class FollowFilesIT {
    @TempDir private Path scratch;
    private WatchedFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = new WatchedFolder(scratch, "in-place");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void aNewPhotoIsAnAssetWhereItLies() throws Exception {
        FileEvent created = folder.put("2026/Zoë.jpg", 1);

        folder.deliver(created);

        assertThat(folder.assets()).containsExactly("Zoë.jpg v1");
        assertThat(folder.value("Zoë.jpg", "storage_path"))
                .isEqualTo("repo://" + folder.repositoryId + "/2026/Zoë.jpg");
        assertThat(folder.value("Zoë.jpg", "file_id")).isEqualTo("" + created.fileId());
        assertThat(folder.value("Zoë.jpg", "mime_type")).isEqualTo("image/jpeg");
        assertThat(folder.events(folder.id("Zoë.jpg"))).containsExactly("asset.created.v1");
        assertThat(tasks(folder.id("Zoë.jpg")))
                .containsExactly("ingest completed 1", "thumbnail pending 1");
        try (var files = Files.walk(folder.root)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\xFF\\xFE.jpg",
                "a\\\\b.jpg",
                "new\nline.jpg",
                "100% ?#.jpg",
                " .jpg",
                "cafe\u0301.jpg",
                ".hidden/\\x80/x.jpg"
            })
    void aNameOfAnyBytesIsRead(String path) throws Exception {
        FileEvent created = folder.put(path, 2);

        folder.deliver(created);

        assertThat(folder.assets()).hasSize(1);
        String uri =
                folder.admin
                        .sql("select storage_path from assets where repository_id = :id")
                        .param("id", folder.repositoryId)
                        .query((row, _) -> row.getString(1))
                        .single();
        assertThat(new StorageUri(uri).file()).isEqualTo(new FilePath(path));
    }

    @Test
    void twoFilesWithOneContentAreOneAssetThatOutlivesEither() throws Exception {
        folder.deliver(folder.put("a.jpg", 3), folder.put("b.jpg", 3));
        UUID id = folder.id("a.jpg");
        assertThat(folder.assets()).containsExactly("a.jpg v1");

        folder.deliver(folder.delete("a.jpg"));
        assertThat(folder.assets()).containsExactly("b.jpg v1");
        assertThat(folder.id("b.jpg")).isEqualTo(id);

        folder.deliver(folder.delete("b.jpg"));
        assertThat(folder.assets()).containsExactly("b.jpg v1 in the trash by sync");
        assertThat(folder.events(id))
                .containsExactly("asset.created.v1", "asset.updated.v1", "asset.deleted.v1");
    }

    @Test
    void deletionsThatComeBeforeTheOtherFilesCreationLoseNothing() throws Exception {
        FileEvent a = folder.put("a.jpg", 4);
        folder.deliver(a);
        FileEvent b = folder.put("b.jpg", 4);
        FileEvent goneA = folder.delete("a.jpg");

        folder.deliver(goneA);
        folder.deliver(b);

        assertThat(folder.assets()).containsExactly("b.jpg v1");
    }

    @Test
    void aFileThatComesBackTakesItsAssetOutOfTheTrash() throws Exception {
        folder.deliver(folder.put("a.jpg", 5));
        UUID id = folder.id("a.jpg");
        folder.deliver(folder.delete("a.jpg"));

        folder.deliver(folder.put("elsewhere/a2.jpg", 5));

        assertThat(folder.assets()).containsExactly("a2.jpg v1");
        assertThat(folder.id("a2.jpg")).isEqualTo(id);
        assertThat(folder.events(id))
                .containsExactly("asset.created.v1", "asset.deleted.v1", "asset.updated.v1");
    }

    @Test
    void anotherContentIsTheNextVersionAndKeepsWhatPeopleSaid() throws Exception {
        folder.deliver(folder.put("a.jpg", 6));
        UUID id = folder.id("a.jpg");
        folder.ingest
                .sql(
                        "update assets set rating = 4, liked = true, description = 'Sea' where asset_id = :id")
                .param("id", id)
                .update();

        folder.deliver(folder.put("a.jpg", 7));

        assertThat(folder.assets()).containsExactly("a.jpg v2");
        assertThat(folder.id("a.jpg")).isEqualTo(id);
        assertThat(folder.value("a.jpg", "rating || ' ' || liked || ' ' || description"))
                .isEqualTo("4 true Sea");
        assertThat(folder.events(id)).containsExactly("asset.created.v1", "asset.created.v1");
        assertThat(tasks(id)).containsExactly("ingest completed 2", "thumbnail pending 1");
        assertThat(originals(id)).containsExactly(2L);
    }

    @Test
    void aChangedFileThatSharedItsAssetIsAnAssetOfItsOwn() throws Exception {
        folder.deliver(folder.put("a.jpg", 8), folder.put("b.jpg", 8));
        UUID id = folder.id("a.jpg");

        folder.deliver(folder.put("a.jpg", 9));

        assertThat(folder.assets()).containsExactly("a.jpg v1", "b.jpg v1");
        assertThat(folder.id("b.jpg")).isEqualTo(id);
    }

    @Test
    void aFileThatBecomesACopyOfAnotherLeavesItsAssetInTheTrash() throws Exception {
        folder.deliver(folder.put("a.jpg", 10), folder.put("b.jpg", 11));

        folder.deliver(folder.put("a.jpg", 11));
        assertThat(folder.assets()).containsExactly("a.jpg v1 in the trash by sync", "b.jpg v1");

        // The file is another again: it is the file that the asset was made of.
        folder.deliver(folder.put("a.jpg", 12));
        assertThat(folder.assets()).containsExactly("a.jpg v2", "b.jpg v1");
    }

    @Test
    void aMovedFileKeepsItsAssetAndNobodyWorks() throws Exception {
        folder.deliver(folder.put("a.jpg", 13));
        UUID id = folder.id("a.jpg");

        folder.deliver(folder.move("a.jpg", "sub/b.jpg"));

        assertThat(folder.assets()).containsExactly("b.jpg v1");
        assertThat(folder.id("b.jpg")).isEqualTo(id);
        assertThat(folder.events(id)).containsExactly("asset.created.v1", "asset.updated.v1");
        assertThat(
                        folder.admin
                                .sql("select storage_path from asset_files where asset_id = :id")
                                .param("id", id)
                                .query((row, _) -> row.getString(1))
                                .list())
                .containsExactly("repo://" + folder.repositoryId + "/sub/b.jpg");
    }

    @Test
    void aFileThatMovedBeforeAnyoneLookedIsFoundWhereItIs() throws Exception {
        FileEvent created = folder.put("a.jpg", 14);
        FileEvent moved = folder.move("a.jpg", "b.jpg");

        folder.deliver(created);
        folder.deliver(moved);

        assertThat(folder.assets()).containsExactly("b.jpg v1");
    }

    @Test
    void whatTheUserPutInTheTrashStaysThere() throws Exception {
        folder.deliver(folder.put("a.jpg", 15));
        trashByUser("a.jpg");

        // Its record was made anew, it moved, it came again.
        folder.deliver(folder.forget("a.jpg"));
        folder.deliver(folder.put("a.jpg", 15));
        folder.deliver(folder.move("a.jpg", "b.jpg"));

        assertThat(folder.assets()).containsExactly("b.jpg v1 in the trash by user");
    }

    @Test
    void aFurtherCopyOfWhatTheUserThrewAwayIsANewAsset() throws Exception {
        folder.deliver(folder.put("a.jpg", 16));
        trashByUser("a.jpg");

        folder.deliver(folder.put("b.jpg", 16));

        assertThat(folder.assets()).containsExactly("a.jpg v1 in the trash by user", "b.jpg v1");
    }

    @Test
    void anotherContentInAFileWhoseAssetTheUserThrewAwayIsANewAsset() throws Exception {
        folder.deliver(folder.put("a.jpg", 17));
        UUID thrown = folder.id("a.jpg");
        trashByUser("a.jpg");

        folder.deliver(folder.put("a.jpg", 18));

        assertThat(folder.assets()).containsExactly("a.jpg v1", "a.jpg v1 in the trash by user");
        assertThat(folder.events(thrown)).containsExactly("asset.created.v1");
    }

    @Test
    void otherFilesAreSkippedAndCounted() throws Exception {
        folder.deliver(folder.put("notes.txt", "Dear diary"), folder.put("empty.jpg", ""));

        assertThat(folder.assets()).isEmpty();
        assertThat(folder.meters.counter("darkroom.ingest.files.skipped").count()).isEqualTo(2);
    }

    @Test
    void aFileThatOnlyClaimsToBeAPhotoIsUnknownUntilItIsOne() throws Exception {
        folder.deliver(folder.put("broken.jpg", "no photo"));
        assertThat(folder.value("broken.jpg", "asset_type")).isEqualTo("unknown");
        assertThat(tasks(folder.id("broken.jpg"))).containsExactly("ingest completed 1");

        folder.deliver(folder.put("broken.jpg", 19));

        assertThat(folder.assets()).containsExactly("broken.jpg v2");
        assertThat(folder.value("broken.jpg", "asset_type")).isEqualTo("photo");
        assertThat(tasks(folder.id("broken.jpg")))
                .containsExactly("ingest completed 2", "thumbnail pending 2");
    }

    @Test
    void aPhotoThatWasOverwrittenWithSomethingElseIsInTheTrashUntilItIsWellAgain()
            throws Exception {
        folder.deliver(folder.put("a.jpg", 20));
        UUID id = folder.id("a.jpg");

        folder.deliver(folder.put("a.jpg", "half a photo"));
        assertThat(folder.assets()).containsExactly("a.jpg v1 in the trash by sync");

        folder.deliver(folder.put("a.jpg", 21));
        assertThat(folder.assets()).containsExactly("a.jpg v2");
        assertThat(folder.id("a.jpg")).isEqualTo(id);
    }

    @Test
    void aFileThatChangedSinceItWasRecordedWaitsForTheNewerEvent() throws Exception {
        FileEvent stale = folder.put("a.jpg", 22);
        Files.write(folder.root.resolve("a.jpg"), WatchedFolder.photo(23));
        folder.deliver(stale);
        assertThat(folder.assets()).isEmpty();

        folder.deliver(folder.put("a.jpg", 23));

        assertThat(folder.assets()).containsExactly("a.jpg v1");
        assertThat(folder.value("a.jpg", "file_id")).isEqualTo("" + stale.fileId());
    }

    @Test
    void aFileThatWasOnlyTouchedSinceIsTakenIn() throws Exception {
        FileEvent created = folder.put("a.jpg", 24);
        Files.setLastModifiedTime(
                folder.root.resolve("a.jpg"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

        folder.deliver(created);

        assertThat(folder.assets()).containsExactly("a.jpg v1");
    }

    @Test
    void aMissingFileIsTriedAgainAsLongAsItIsRecorded() throws Exception {
        FileEvent created = folder.put("a.jpg", 25);
        Files.delete(folder.root.resolve("a.jpg"));

        assertThatThrownBy(() -> folder.deliver(created))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.jpg");
    }

    @Test
    void aLinkThatLeadsOutOfTheRepositoryIsNotFollowed() throws Exception {
        FileEvent created = folder.put("sub/a.jpg", 26);
        Path outside = Files.createDirectories(scratch.resolve("outside"));
        Files.move(folder.root.resolve("sub/a.jpg"), outside.resolve("a.jpg"));
        Files.delete(folder.root.resolve("sub"));
        Files.createSymbolicLink(folder.root.resolve("sub"), outside);

        assertThatThrownBy(() -> folder.deliver(created)).hasMessageContaining("symbolic link");
    }

    @Test
    void workThatIsLateResurrectsNothing() throws Exception {
        FileEvent created = folder.put("a.jpg", 27);
        Runnable late = folder.lookNow(created);
        folder.deliver(folder.delete("a.jpg"));

        late.run();

        assertThat(folder.assets()).isEmpty();
    }

    @Test
    void workOnAnOldContentIsNotWritten() throws Exception {
        FileEvent first = folder.put("a.jpg", 28);
        Runnable late = folder.lookNow(first);
        FileEvent second = folder.put("a.jpg", 29);

        late.run();
        assertThat(folder.assets()).isEmpty();

        folder.deliver(second);
        assertThat(folder.assets()).containsExactly("a.jpg v1");
    }

    @Test
    void whatIsWrittenAgainTouchesNoRow() throws Exception {
        List<FileEvent> events =
                List.of(
                        folder.put("a.jpg", 30),
                        folder.put("b.jpg", 30),
                        folder.put("a.jpg.xmp", SidecarsIT.xmp("xmp:Rating=\"3\"", "")),
                        folder.put("c.txt", "text"),
                        folder.move("b.jpg", "d.jpg"));
        folder.deliver(events);
        List<String> before = rows();

        folder.deliver(events);
        for (FileEvent event : events.reversed()) {
            folder.deliver(event);
        }

        assertThat(rows()).isEqualTo(before);
    }

    private List<String> rows() {
        return folder.admin
                .sql(
                        """
                        select t::text from assets t union all select t::text from asset_files t
                        union all select t::text from processing_tasks t
                        union all select t::text from outbox t order by 1
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private void trashByUser(String name) {
        folder.ingest
                .sql(
                        "update assets set deleted_at = now(), deleted_by = 'user' where asset_id = :id")
                .param("id", folder.id(name))
                .update();
    }

    private List<String> tasks(UUID id) {
        return folder.admin
                .sql(
                        """
                        select task || ' ' || status || ' ' || asset_version from processing_tasks
                        where asset_id = :id order by 1
                        """)
                .param("id", id)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<Long> originals(UUID id) {
        return folder.admin
                .sql(
                        "select asset_version from asset_files where asset_id = :id and role = 'original'")
                .param("id", id)
                .query((row, _) -> row.getLong(1))
                .list();
    }
}
