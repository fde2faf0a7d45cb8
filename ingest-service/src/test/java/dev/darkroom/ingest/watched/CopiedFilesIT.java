package dev.darkroom.ingest.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Repositories whose files are copied.
class CopiedFilesIT {
    @TempDir private Path scratch;
    private WatchedFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = new WatchedFolder(scratch, "copy");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void aFileIsCopiedIntoTheDefaultRepositoryAndOutlivesItsSource() throws Exception {
        folder.deliver(folder.put("a.jpg", 200));
        assertThat(folder.assets()).isEmpty();
        assertThat(folder.assets(folder.ownId)).containsExactly("a.jpg v1");
        Path copy = copyOf("a.jpg");
        assertThat(copy).hasBinaryContent(WatchedFolder.photo(200));
        assertThat(copy.toString()).matches(".*/inbox/\\d{4}/\\d\\d/a-[0-9a-f]{12}\\.jpg");

        folder.deliver(folder.move("a.jpg", "b.jpg"));
        folder.deliver(folder.delete("b.jpg"));

        assertThat(folder.assets(folder.ownId)).containsExactly("a.jpg v1");
        assertThat(copy).exists();
    }

    @Test
    void aChangedFileIsCopiedAgainAsTheNextVersion() throws Exception {
        folder.deliver(folder.put("a.jpg", 201));
        UUID id = folder.id("a.jpg");
        Path first = copyOf("a.jpg");

        folder.deliver(folder.put("a.jpg", 202));

        assertThat(folder.assets(folder.ownId)).containsExactly("a.jpg v2");
        assertThat(folder.id("a.jpg")).isEqualTo(id);
        assertThat(copyOf("a.jpg")).hasBinaryContent(WatchedFolder.photo(202));
        assertThat(first).hasBinaryContent(WatchedFolder.photo(201));
    }

    @Test
    void theSameBytesAreCopiedOnce() throws Exception {
        folder.deliver(folder.put("a.jpg", 203), folder.put("b.jpg", 203));
        folder.deliver(folder.put("c.jpg", 203));

        assertThat(folder.assets(folder.ownId)).hasSize(1);
        try (var files = Files.walk(folder.library.resolve("inbox"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void aSidecarIsReadWithTheCopy() throws Exception {
        folder.deliver(
                folder.put("a.jpg", 204),
                folder.put("a.jpg.xmp", SidecarsIT.xmp("xmp:Rating=\"3\"", "")));

        assertThat(folder.value("a.jpg", "rating")).isEqualTo("3");
    }

    private Path copyOf(String name) {
        StorageUri uri = new StorageUri(folder.value(name, "storage_path"));
        assertThat(uri.repositoryId()).isEqualTo(folder.ownId);
        return folder.library.resolve(uri.key());
    }
}
