package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.schema.FilePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesInPlaceTest {
    private static final String FOLDER = "d".repeat(200);

    @TempDir Path root;

    @Test
    void opensAFileByItsNameInSeveralLanguages() throws IOException {
        FilePath file = new FilePath("été/写真 📷.jpg");
        write(file, "pixels");

        assertThat(read(file)).isEqualTo("pixels");
    }

    @Test
    void opensAFileWhoseNameHasEveryByteThatAFileNameCanHave() throws IOException {
        assumeTrue(onUnix(), "only Unix has such names");
        for (int from = 1; from < 256; from += 100) {
            ByteArrayOutputStream name = new ByteArrayOutputStream();
            for (int b = from; b < Math.min(from + 100, 256); b++) {
                if (b != '/') {
                    name.write(b);
                }
            }
            FilePath file = FilePath.ofBytes(name.toByteArray());
            write(file, "bytes from " + from);

            assertThat(read(file)).isEqualTo("bytes from " + from);
        }
    }

    @Test
    void tellsTwoSpellingsOfOneCharacterApart() throws IOException {
        FilePath composed = new FilePath("\u00e9.jpg");
        FilePath decomposed = new FilePath("e\u0301.jpg");
        write(composed, "one");
        assumeTrue(
                !Files.exists(FilesInPlace.path(root, decomposed)),
                "this file system takes both spellings for one file");
        write(decomposed, "two");

        assertThat(read(composed) + read(decomposed)).isEqualTo("onetwo");
    }

    @Test
    void opensAFileWhosePathIsLongerThanTheSystemTakes() throws IOException {
        // Neither the root nor what is below it has 4096 bytes, but both together have.
        Path deepRoot = Files.createDirectories(root.resolve(folders(14)));
        Path file = root.resolve("made").resolve(folders(10)).resolve("photo.jpg");
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "pixels");

        move(root.resolve("made"), deepRoot);
        try (FileChannel channel =
                FilesInPlace.open(deepRoot, new FilePath(folders(10) + "/photo.jpg"))) {
            assertThat(channel.size()).isEqualTo(6);
        } finally {
            // Where whoever cleans up can reach it.
            move(deepRoot, root.resolve("made"));
        }
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThatThrownBy(() -> FilesInPlace.open(root, new FilePath("no/such.jpg")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no/such.jpg");
    }

    @Test
    void saysThatAFileIsNotThereWhenItsFolderIsAFile() throws IOException {
        write(new FilePath("a"), "file");

        assertThatThrownBy(() -> FilesInPlace.open(root, new FilePath("a/b.jpg")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void doesNotFollowALinkInTheFilesPlace() throws IOException {
        write(new FilePath("real.jpg"), "pixels");
        Files.createSymbolicLink(root.resolve("link.jpg"), Path.of("real.jpg"));

        assertThatThrownBy(() -> FilesInPlace.open(root, new FilePath("link.jpg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("link.jpg");
    }

    @Test
    void doesNotFollowALinkOnTheWay() throws IOException {
        write(new FilePath("real/photo.jpg"), "pixels");
        Files.createSymbolicLink(root.resolve("link"), Path.of("real"));

        assertThatThrownBy(() -> FilesInPlace.open(root, new FilePath("link/photo.jpg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> FilesInPlace.attributes(root, new FilePath("link/photo.jpg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("symbolic link");
    }

    @Test
    void doesNotWaitForAPipe() throws Exception {
        assumeTrue(onUnix(), "only Unix has pipes with names");
        Process process = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assumeTrue(
                process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0,
                "mkfifo does not work here");

        assertThatThrownBy(() -> FilesInPlace.open(root, new FilePath("pipe")))
                .hasMessageContaining("not a regular file");
    }

    @Test
    void tellsSizeAndTimes() throws IOException {
        FilePath file = new FilePath("a/b.jpg");
        write(file, "pixels");

        assertThat(FilesInPlace.attributes(root, file).size()).isEqualTo(6);
        assertThat(FilesInPlace.attributes(root, file).lastModifiedTime())
                .isEqualTo(Files.getLastModifiedTime(root.resolve("a/b.jpg")));
    }

    private void write(FilePath file, String content) throws IOException {
        Path path = FilesInPlace.path(root, file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, content);
    }

    private String read(FilePath file) throws IOException {
        try (FileChannel channel = FilesInPlace.open(root, file)) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            channel.read(bytes);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    private static boolean onUnix() {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static String folders(int count) {
        return String.join("/", Collections.nCopies(count, FOLDER));
    }

    private static void move(Path from, Path to) throws IOException {
        try (DirectoryStream<Path> source = Files.newDirectoryStream(from);
                DirectoryStream<Path> target = Files.newDirectoryStream(to)) {
            assumeTrue(
                    source instanceof SecureDirectoryStream,
                    "this system cannot hold folders open");
            ((SecureDirectoryStream<Path>) source)
                    .move(Path.of(FOLDER), (SecureDirectoryStream<Path>) target, Path.of(FOLDER));
        }
    }
}
