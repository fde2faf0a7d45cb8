package dev.darkroom.storage;

import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Files that lie in somebody's folder and stay there, reached by their exact bytes.
///
/// A folder is opened inside of the one above it, name by name, and no symbolic link is followed:
/// whoever may write into the folder cannot lead us out of it, not even by changing it while we
/// look. The root itself may be a link. Unlike a `BlobStore`, nothing here writes.
public final class FilesInPlace {
    private static final Set<StandardOpenOption> READ = Set.of(StandardOpenOption.READ);

    private FilesInPlace() {}

    /// A path that stands for the very bytes of a name, even if they are no text. It checks
    /// nothing: to read, use `open`.
    public static Path path(Path root, FilePath file) {
        Path path = root;
        for (Path name : names(file)) {
            path = path.resolve(name);
        }
        return path;
    }

    /// Opens a regular file for reading.
    ///
    /// @throws NoSuchFileException if it is not there
    /// @throws IOException also if it, or a folder above it, is a symbolic link, or it is no file
    public static FileChannel open(Path root, FilePath file) throws IOException {
        return at(
                root,
                file,
                (folder, name) -> {
                    if (!attributes(folder, name, file).isRegularFile()) {
                        throw new IOException("this is not a regular file: " + file);
                    }
                    return (FileChannel)
                            folder.newByteChannel(
                                    name,
                                    Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                },
                path -> FileChannel.open(path, READ));
    }

    /// Size and times of a regular file.
    ///
    /// @throws NoSuchFileException if it is not there
    /// @throws IOException also if it, or a folder above it, is a symbolic link, or it is no file
    public static BasicFileAttributes attributes(Path root, FilePath file) throws IOException {
        BasicFileAttributes attributes =
                at(
                        root,
                        file,
                        (folder, name) -> attributes(folder, name, file),
                        path ->
                                Files.readAttributes(
                                        path,
                                        BasicFileAttributes.class,
                                        LinkOption.NOFOLLOW_LINKS));
        if (!attributes.isRegularFile()) {
            throw new IOException("this is not a regular file: " + file);
        }
        return attributes;
    }

    /// What is done with a file in its open folder.
    private interface InFolder<T> {
        T apply(SecureDirectoryStream<Path> folder, Path name) throws IOException;
    }

    /// What is done with a file where folders cannot be held open.
    private interface ByPath<T> {
        T apply(Path path) throws IOException;
    }

    @SuppressWarnings("StreamResourceLeak") // what is open last is closed, the others by enter
    private static <T> T at(Path root, FilePath file, InFolder<T> inFolder, ByPath<T> byPath)
            throws IOException {
        List<Path> names = names(file);
        DirectoryStream<Path> stream = Files.newDirectoryStream(root);
        try {
            for (Path name : names.subList(0, names.size() - 1)) {
                if (!(stream instanceof SecureDirectoryStream<Path> folder)) {
                    break;
                }
                stream = enter(folder, name, file);
            }
            return stream instanceof SecureDirectoryStream<Path> folder
                    ? inFolder.apply(folder, names.getLast())
                    : byPath.apply(inside(root, file));
        } catch (NoSuchFileException gone) {
            throw noSuchFile(root, file, gone);
        } finally {
            stream.close();
        }
    }

    /// Opens a folder, and closes the one above it.
    private static DirectoryStream<Path> enter(
            SecureDirectoryStream<Path> above, Path name, FilePath file) throws IOException {
        try (above) {
            BasicFileAttributes attributes = attributes(above, name, file);
            if (attributes.isSymbolicLink()) {
                throw new IOException("a symbolic link is on the way to " + file + ": " + name);
            }
            if (!attributes.isDirectory()) {
                throw new NoSuchFileException(file.text());
            }
            return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        } catch (NotDirectoryException _) {
            throw new NoSuchFileException(file.text());
        }
    }

    private static BasicFileAttributes attributes(
            SecureDirectoryStream<Path> folder, Path name, FilePath file) throws IOException {
        return Objects.requireNonNull(
                        folder.getFileAttributeView(
                                name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS),
                        () -> "no attributes of " + file)
                .readAttributes();
    }

    /// Without open folders: as good as looking first can be.
    private static Path inside(Path root, FilePath file) throws IOException {
        Path path = path(root, file);
        Path expected = path(root.toRealPath(), file);
        if (!path.toRealPath().equals(expected)) {
            throw new IOException("a symbolic link is on the way to " + file);
        }
        return expected;
    }

    private static List<Path> names(FilePath file) {
        List<Path> names = new ArrayList<>();
        for (String text : file.text().split("/", -1)) {
            names.add(name(text));
        }
        return names;
    }

    /// Java makes a path of any bytes, but only by way of a URI; made of a string, it also depends
    /// on the locale.
    private static Path name(String text) {
        if (!FileSystems.getDefault().getSeparator().equals("/")) {
            return Path.of(text);
        }
        String bytes = HexFormat.ofDelimiter("%").formatHex(new FilePath(text).bytes());
        return Objects.requireNonNull(Path.of(URI.create("file:///%" + bytes)).getFileName());
    }

    private static NoSuchFileException noSuchFile(
            Path root, FilePath file, NoSuchFileException cause) {
        NoSuchFileException named =
                new NoSuchFileException(file.text(), null, "not in the folder " + root);
        named.initCause(cause);
        return named;
    }
}
