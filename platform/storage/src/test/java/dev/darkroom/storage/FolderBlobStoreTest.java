package dev.darkroom.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreTest extends BlobStoreContract {
    private static final byte[] BYTES = "a photo".getBytes(UTF_8);

    @TempDir Path folder;
    private FolderBlobStore store;
    private Path root;

    @BeforeEach
    void open() throws IOException {
        root = folder.resolve("made/on/first/use");
        store = FolderBlobStore.open(root);
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected long stagedCount() throws IOException {
        try (Stream<Path> staged = Files.list(root.resolve(".staging"))) {
            return staged.count();
        }
    }

    @Test
    void keepsABlobAsAFileOfItsName() throws IOException {
        store.put(new BlobKey("inbox/2026/photo.jpg"), BYTES);

        Path file = root.resolve("inbox/2026/photo.jpg");
        assertThat(file).hasBinaryContent(BYTES);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Files.getPosixFilePermissions(root.resolve("inbox")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    }

    @Test
    void sharesTheBytesOfAFileOnTheSameDisk() throws IOException {
        Path file = Files.write(folder.resolve("partial"), BYTES);

        try (StagedBlob staged = store.stage(file)) {
            staged.publish(new BlobKey("uploads/1"));
        }

        assertThat(Files.getAttribute(root.resolve("uploads/1"), "unix:ino"))
                .isEqualTo(Files.getAttribute(file, "unix:ino"));
    }

    @Test
    void refusesAKeyThatALinkLeadsOutside() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.write(outside.resolve("secret"), BYTES);
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("secret"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("not-there"));

        for (String name : new String[] {"link/secret", "link/new/file", "secret", "dangling"}) {
            BlobKey key = new BlobKey(name);
            assertThatThrownBy(() -> store.read(key)).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> store.put(key, BYTES)).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> store.delete(key)).hasMessageContaining("symbolic link");
        }

        assertThat(outside)
                .isDirectoryContaining("glob:**secret")
                .isDirectoryNotContaining("glob:**new");
        assertThat(stagedCount()).isZero();
    }

    @Test
    void followsALinkThatStaysInside() throws IOException {
        store.put(new BlobKey("inbox/photo.jpg"), BYTES);
        Files.createSymbolicLink(root.resolve("link"), root.resolve("inbox"));

        assertThat(store.size(new BlobKey("link/photo.jpg"))).contains((long) BYTES.length);
    }

    @Test
    void leavesFilesOfOthersOutOfTheList() throws IOException {
        Files.write(root.resolve(".hidden"), BYTES);
        try (StagedBlob staged = store.stage(new ByteArrayInputStream(BYTES));
                Stream<BlobKey> keys = store.list("")) {
            assertThat(staged.path()).exists();
            assertThat(keys).isEmpty();
        }
    }

    @Test
    void sweepsOnlyWhatWasAbandoned() throws IOException {
        StagedBlob abandoned = store.stage(new ByteArrayInputStream(BYTES));

        assertThat(store.sweep(Duration.ofHours(1))).isZero();
        assertThat(abandoned.path()).exists();

        assertThat(store.sweep(Duration.ZERO)).isOne();
        assertThat(abandoned.path()).doesNotExist();
    }

    @Test
    void makesAFolderAgainThatSomebodyRemoved() throws IOException {
        BlobKey key = new BlobKey("inbox/2026/photo.jpg");
        store.put(key, BYTES);
        store.delete(key);
        Files.delete(root.resolve("inbox/2026"));
        Files.delete(root.resolve("inbox"));

        store.put(key, BYTES);

        assertThat(store.exists(key)).isTrue();
    }

    @Test
    void aFileInTheWayOfAFolderIsAnErrorThatLeavesNothingBehind() throws IOException {
        store.put(new BlobKey("inbox"), BYTES);

        assertThatThrownBy(() -> store.put(new BlobKey("inbox/photo.jpg"), BYTES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("inbox");
        assertThat(stagedCount()).isZero();
    }
}
