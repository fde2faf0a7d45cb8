package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.database.MigratedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several paths of one file: each is a file of its own, and none gets in the way of another.
class HardLinksIT {
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
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void hardLinksAreFilesOfTheirOwn() throws Exception {
        // given
        Path one = stage.write("one", "shared");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        Files.createLink(stage.root.resolve("two"), one);
        stage.sync();
        stage.delete("one");
        stage.sync();

        // then
        assertThat(stage.files()).containsOnlyKeys("two");
        assertThat(stage.files().get("two")).isNotEqualTo(before.get("one"));
    }

    @Test
    void aHardLinkThatChangedPlacesIsFollowedThoughItsTwinIsGone() throws Exception {
        // given
        Path twin = stage.write("0-twin", "shared");
        Files.createLink(stage.root.resolve("a"), twin);
        stage.write("b", "other");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        stage.move("a", "t");
        stage.move("b", "a");
        stage.move("t", "b");
        stage.delete("0-twin");
        stage.with("delete_fuse_percent = 100").sync();

        // then
        assertThat(stage.files()).containsOnlyKeys("a", "b").containsEntry("a", before.get("b"));
        assertThat(stage.sync().counts().hasChanges()).isFalse();
    }
}
