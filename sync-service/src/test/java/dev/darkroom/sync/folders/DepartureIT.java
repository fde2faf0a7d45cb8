package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.sync.files.RepositoryRoot;
import dev.darkroom.sync.folders.records.Operations.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows are removed only when it is certain that their files are gone, and can be brought back.
class DepartureIT {
    private static MigratedDatabase database;

    @TempDir Path folder;
    private Stage stage;

    @BeforeAll
    static void prepare() throws SQLException {
        database = MigratedDatabase.create();
    }

    @BeforeEach
    void open() throws Exception {
        stage = new Stage(database, Files.createDirectory(folder.resolve("photos")));
        for (int i = 0; i < 40; i++) {
            stage.write("album-" + i % 2 + "/" + i + ".jpg", "content " + i);
        }
        stage.sync();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aFewFilesThatAreGoneAreRemoved() throws Exception {
        stage.delete("album-0/0.jpg");

        Operation operation = stage.sync();

        assertThat(operation.counts().removed()).isEqualTo(1);
        assertThat(operation.status()).isEqualTo("completed");
        assertThat(stage.files()).hasSize(39);
    }

    @Test
    void aFuseHoldsTheRemovalOfManyUntilSomebodyConfirms() throws Exception {
        // given
        deleteAlbum(0);
        stage.write("new.jpg", "new");

        // when
        Operation held = stage.sync();

        // then
        assertThat(held.status()).isEqualTo("held");
        assertThat(held.counts().held()).isEqualTo(20);
        assertThat(held.counts().added()).as("the rest is done").isEqualTo(1);
        assertThat(held.error())
                .contains("20 files are gone in album-0 (20)")
                .contains("more than 10 % of 41")
                .contains("./darkroom sync confirm " + held.id());
        assertThat(stage.files()).hasSize(41);

        // when: one is back meanwhile
        stage.write("album-0/0.jpg", "content 0");
        String said = stage.confirm(held.id());

        // then
        assertThat(said).isEqualTo("confirmed: 19 removed, 1 kept, since they are back");
        assertThat(stage.files()).hasSize(22).containsKey("album-0/0.jpg");
        assertThat(stage.operation(held.id()).status()).isEqualTo("completed");
        assertThat(stage.operation(held.id()).counts().removed()).isEqualTo(19);
    }

    @Test
    void anHourlyScanDoesNotHoldTheSameAgain() throws Exception {
        // given
        deleteAlbum(0);
        Operation held = stage.sync();

        // when
        Operation again = stage.sync();
        deleteAlbum(1);
        Operation more = stage.sync();

        // then
        assertThat(again.status()).isEqualTo("completed");
        assertThat(again.error()).contains("./darkroom sync confirm " + held.id());
        assertThat(more.status()).isEqualTo("held");
        assertThat(more.counts().held()).isEqualTo(40);
        assertThat(stage.operation(held.id()).status()).isEqualTo("cancelled");
    }

    @Test
    void whatCameBackNeedsNoConfirmation() throws Exception {
        // given
        stage.move("album-0", "../elsewhere");
        Operation held = stage.sync();
        Map<String, Long> before = stage.files();

        // when
        stage.move("../elsewhere", "album-0");
        stage.sync();

        // then
        assertThat(stage.operation(held.id()).status()).isEqualTo("cancelled");
        assertThat(stage.files()).isEqualTo(before);
        assertThat(stage.version("album-0/0.jpg")).isEqualTo(1);
    }

    @Test
    void theFuseCountsWhatManySmallBatchesRemove() throws Exception {
        String last = "";
        for (int i = 0; i < 20; i++) {
            String path = "album-" + i % 2 + "/" + i + ".jpg";
            stage.delete(path);
            last = stage.batch(path).status();
        }

        assertThat(last).isEqualTo("held");
        assertThat(stage.files()).hasSize(31);
    }

    @Test
    void aRootThatIsNotThereOrEmptyOrAnotherRemovesNothing() throws Exception {
        // given
        stage.with("delete_fuse_percent = 100");
        stage.move("../photos", "../unmounted");

        // when, then
        Operation away = stage.operation(stage.scan());
        assertThat(away.status()).isEqualTo("failed");
        assertThat(away.error()).contains("there is no folder").contains("nothing was changed");

        Files.createDirectory(stage.root);
        Operation empty = stage.operation(stage.scan());
        assertThat(empty.status()).isEqualTo("held");
        assertThat(empty.error()).contains("another folder than before");
        assertThat(stage.files()).hasSize(40);

        stage.write("other.jpg", "another disk");
        assertThat(stage.operation(stage.scan()).status()).isIn("held", "completed");
        assertThat(stage.files()).hasSize(41);
    }

    @Test
    void aMarkerTellsWhetherTheRootIsTheRoot() throws Exception {
        // given
        stage.with("writable = true, delete_fuse_percent = 100");
        stage.folderRoot().accept();
        assertThat(stage.root.resolve(RepositoryRoot.MARKER)).exists();

        // when: what is mounted there has no marker
        Files.delete(stage.root.resolve(RepositoryRoot.MARKER));
        deleteAlbum(0);
        deleteAlbum(1);
        Operation held = stage.sync();

        // then
        assertThat(held.status()).isEqualTo("held");
        assertThat(held.error()).contains("marker");
        assertThat(stage.files()).hasSize(40);
    }

    @Test
    void anEmptiedRootIsHeldWhateverTheFuse() throws Exception {
        stage.with("delete_fuse_percent = 100");
        deleteAlbum(0);
        deleteAlbum(1);
        Files.delete(stage.root.resolve("album-0"));
        Files.delete(stage.root.resolve("album-1"));

        Operation held = stage.sync();

        assertThat(held.status()).isEqualTo("held");
        assertThat(held.error()).contains("there is nothing in");
        assertThat(stage.files()).hasSize(40);
    }

    @Test
    void nothingBelowAFolderThatCannotBeReadIsRemoved() throws Exception {
        Path album = stage.root.resolve("album-0");
        Files.setPosixFilePermissions(album, Set.of());
        stage.delete("album-1/1.jpg");
        try {
            Operation operation = OtherUser.takes(stage.root, stage::sync);

            assertThat(operation.counts().removed()).isEqualTo(1);
            assertThat(operation.counts().unreadable()).isEqualTo(1);
            assertThat(operation.error()).contains("album-0").contains("nothing below was removed");
            assertThat(stage.files()).hasSize(39);
        } finally {
            Files.setPosixFilePermissions(album, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void anUndoneOperationLeavesTheRowsAsTheyWere() throws Exception {
        // given
        Map<String, Long> before = stage.files();
        String version = stage.value("content_version", "album-1/1.jpg");
        stage.delete("album-1/1.jpg");
        stage.move("album-0/0.jpg", "album-0/zero.jpg");
        stage.move("album-0/2.jpg", "t");
        stage.move("album-0/4.jpg", "album-0/2.jpg");
        stage.move("t", "album-0/4.jpg");
        stage.write("new.jpg", "new");
        Operation operation = stage.sync();
        assertThat(operation.counts().hasChanges()).isTrue();

        // when
        long undo = stage.undo(operation.id());

        // then
        assertThat(stage.files()).isEqualTo(before);
        assertThat(stage.value("content_version", "album-1/1.jpg")).isEqualTo(version);
        assertThat(stage.operation(undo).type()).isEqualTo("undo");
        assertThat(stage.operation(undo).undoes()).isEqualTo(operation.id());
        assertThat(stage.operation(operation.id()).status()).isEqualTo("undone");
        assertThat(stage.repository().paused()).contains("operation " + operation.id());
    }

    @Test
    void anUndoneUndoIsDoneAgain() throws Exception {
        stage.delete("album-1/1.jpg");
        stage.write("new.jpg", "new");
        Operation operation = stage.sync();
        Map<String, Long> after = stage.files();

        long undo = stage.undo(operation.id());
        stage.undo(undo);

        assertThat(stage.files()).isEqualTo(after);
    }

    @Test
    void anOperationThatOthersBuiltOnIsNotUndone() throws Exception {
        // given
        stage.write("new.jpg", "new");
        Operation first = stage.sync();
        stage.move("new.jpg", "newer.jpg");
        Operation second = stage.sync();

        // when, then
        assertThatThrownBy(() -> stage.undo(first.id()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("undo these first, the newest first: " + second.id());
    }

    @Test
    void theRowsOfARepositoryGoWithIt() {
        stage.admin
                .sql("delete from repositories where repository_id = :id")
                .param("id", stage.id)
                .update();

        assertThat(stage.files()).isEmpty();
    }

    private void deleteAlbum(int album) throws IOException {
        for (int i = album; i < 40; i += 2) {
            stage.delete("album-" + album + "/" + i + ".jpg");
        }
    }
}
