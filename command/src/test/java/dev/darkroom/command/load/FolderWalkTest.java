package dev.darkroom.command.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkTest {
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

    @TempDir private Path folder;

    private List<Found> walk(Path root) throws IOException {
        List<Found> found = new ArrayList<>();
        new FolderWalk(root).run(found::add);
        return found;
    }

    private Path file(String name, byte... content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    @Test
    void findsMediaInAllFoldersBelow() throws IOException {
        Path top = file("a.jpg", JPEG);
        Path deep = file("one/two/b.JPG", JPEG);

        assertThat(walk(folder))
                .containsExactlyInAnyOrder(new Found.Media(top, 4), new Found.Media(deep, 4));
    }

    @Test
    void takesABrokenFileForMediaByItsName() throws IOException {
        Path broken = file("broken.png", new byte[] {1, 2, 3});
        Path empty = file("empty.heic");

        assertThat(walk(folder))
                .containsExactlyInAnyOrder(new Found.Media(broken, 3), new Found.Media(empty, 0));
    }

    @Test
    void takesAFileWithoutAnExtensionForMediaByItsFirstBytes() throws IOException {
        Path photo = file("IMG_0001", JPEG);
        Path heif =
                file(
                        "photo.backup",
                        "\0\0\0\030ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        Path raf = file("raw", "FUJIFILMCCD-RAW 0201".getBytes(StandardCharsets.ISO_8859_1));
        Path jxl = file("jxl", "\0\0\0\fJXL \r\n".getBytes(StandardCharsets.ISO_8859_1));
        Path riff = file("clip", "RIFF\0\0\0\0WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(walk(folder))
                .extracting(Found::path)
                .containsExactlyInAnyOrder(photo, heif, raf, jxl, riff);
        assertThat(walk(folder)).allMatch(found -> found instanceof Found.Media);
    }

    @Test
    void tellsWhatIsNoMedia() throws IOException {
        Path text = file("notes.txt", "hello".getBytes(StandardCharsets.UTF_8));
        Path other = file("data", "RIFF\0\0\0\0XXXXabcd".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(walk(folder))
                .containsExactlyInAnyOrder(new Found.NoMedia(text), new Found.NoMedia(other));
    }

    @Test
    void passesOverHiddenFilesAndFolders() throws IOException {
        file(".DS_Store", (byte) 0);
        file(".trash/a.jpg", JPEG);
        file("._a.jpg", JPEG);

        assertThat(walk(folder)).isEmpty();
    }

    @Test
    void walksAHiddenFolderThatIsNamed() throws IOException {
        Path photo = file(".photos/a.jpg", JPEG);

        assertThat(walk(folder.resolve(".photos"))).containsExactly(new Found.Media(photo, 4));
    }

    @Test
    void takesASingleFile() throws IOException {
        Path photo = file("a.jpg", JPEG);

        assertThat(walk(photo)).containsExactly(new Found.Media(photo, 4));
    }

    @Test
    void comesToAnEndWhereALinkLeadsBack() throws IOException {
        Path photo = file("sub/a.jpg", JPEG);
        Path loop = Files.createSymbolicLink(folder.resolve("sub/loop"), folder);

        List<Found> found = walk(folder);

        assertThat(found).contains(new Found.Media(photo, 4));
        assertThat(found)
                .filteredOn(Found.Unreadable.class::isInstance)
                .extracting(Found::path)
                .containsExactly(loop);
    }

    @Test
    void takesALinkToNothingForNoMedia() throws IOException {
        Path link =
                Files.createSymbolicLink(folder.resolve("gone.jpg"), folder.resolve("nowhere.jpg"));

        assertThat(walk(folder)).containsExactly(new Found.NoMedia(link));
    }

    @Test
    void tellsAFolderThatCannotBeReadAndGoesOn() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        Path photo = file("a.jpg", JPEG);
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));

        assertThat(walk(folder))
                .containsExactlyInAnyOrder(
                        new Found.Media(photo, 4),
                        new Found.Unreadable(locked, "permission denied"));
    }

    @Test
    void stopsWhenItIsTold() throws IOException {
        file("a.jpg", JPEG);
        file("b.jpg", JPEG);
        List<Found> found = new ArrayList<>();

        new FolderWalk(folder)
                .run(
                        one -> {
                            found.add(one);
                            return false;
                        });

        assertThat(found).hasSize(1);
    }
}
