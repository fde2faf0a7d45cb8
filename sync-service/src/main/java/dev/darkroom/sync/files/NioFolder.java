package dev.darkroom.sync.files;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A folder by its path, as far as `java.nio` goes: for systems where the C library is not Linux's.
/// A path longer than the system allows cannot be read, and between two looks a folder may have
/// become another.
final class NioFolder implements OpenFolder {
    private static final char REPLACEMENT = '\uFFFD';

    private final Path path;
    private final boolean unix;
    private final Look self = new Look();

    private NioFolder(Path path, boolean unix) throws IOException {
        this.path = path;
        this.unix = unix;
        read(path, self);
        if (self.type != EntryType.FOLDER) {
            throw new NotAFolder();
        }
    }

    /// Opens the root; here a link is followed.
    static NioFolder root(Path path) throws IOException {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            return new NioFolder(path.toRealPath(), unix);
        } catch (IOException failure) {
            throw translated(failure);
        }
    }

    @Override
    public long device() {
        return self.device;
    }

    @Override
    public long inode() {
        return self.inode;
    }

    @Override
    public boolean isMountPoint() {
        return self.mountPoint;
    }

    @Override
    public void list(Listing into) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                byte[] name = bytes(entry);
                Look look = new Look();
                try {
                    read(entry, look);
                } catch (NoSuchFileException _) {
                    // It is found missing when its turn comes.
                    look.type = EntryType.FILE;
                }
                into.add(name, 0, name.length, look.type);
            }
        } catch (DirectoryIteratorException failure) {
            throw translated(Objects.requireNonNull(failure.getCause()));
        } catch (IOException failure) {
            throw translated(failure);
        }
    }

    @Override
    public void look(byte[] name, int from, int to, Look look) throws IOException {
        try {
            read(pathOf(name, from, to), look);
        } catch (IOException failure) {
            throw translated(failure);
        }
    }

    @Override
    public OpenFolder open(byte[] name, int from, int to) throws IOException {
        try {
            return new NioFolder(pathOf(name, from, to), unix);
        } catch (IOException failure) {
            throw translated(failure);
        }
    }

    /// Paths do not stay open, so none has to be opened again.
    @Override
    public @Nullable OpenFolder openParent() throws IOException {
        Path parent = path.getParent();
        return parent == null ? null : new NioFolder(parent, unix);
    }

    @Override
    public Path pathOf(byte[] name, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = PathText.decode(name, from, to, bytes, 0);
        return resolve(path, bytes, length);
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    /// A path can be made of any bytes, but only by way of a URI.
    static Path resolve(Path folder, byte[] name, int length) {
        if (PathText.isPlain(name, 0, length)) {
            return folder.resolve(new String(name, 0, length, StandardCharsets.US_ASCII));
        }
        StringBuilder uri = new StringBuilder("file:///");
        for (int i = 0; i < length; i++) {
            uri.append('%')
                    .append(Character.forDigit((name[i] >> 4) & 0xf, 16))
                    .append(Character.forDigit(name[i] & 0xf, 16));
        }
        Path absolute = Path.of(URI.create(uri.toString()));
        return folder.resolve(Objects.requireNonNull(absolute.getFileName()));
    }

    private static byte[] bytes(Path entry) {
        Path name = Objects.requireNonNull(entry.getFileName());
        String text = name.toString();
        if (text.indexOf(REPLACEMENT) < 0) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        // Asked for a relative path's URI, Java would look whether it is a folder here.
        String raw = Path.of("/").resolve(name).toUri().getRawPath();
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 1; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes[length++] = (byte) Integer.parseInt(raw, i + 1, i + 3, 16);
                i += 2;
            } else {
                bytes[length++] = (byte) raw.charAt(i);
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private void read(Path entry, Look look) throws IOException {
        if (unix) {
            Map<String, Object> values =
                    Files.readAttributes(
                            entry,
                            "unix:size,lastModifiedTime,ctime,dev,ino,nlink,mode",
                            LinkOption.NOFOLLOW_LINKS);
            look.size = (long) values.getOrDefault("size", 0L);
            look.modifiedMicros = micros(values.get("lastModifiedTime"));
            look.changedMicros = micros(values.get("ctime"));
            look.device = (long) values.getOrDefault("dev", 0L);
            look.inode = (long) values.getOrDefault("ino", 0L);
            look.links = (int) values.getOrDefault("nlink", 1);
            look.type = LinuxFolder.type((int) values.getOrDefault("mode", 0));
        } else {
            BasicFileAttributes values =
                    Files.readAttributes(
                            entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            look.size = values.size();
            look.modifiedMicros = micros(values.lastModifiedTime());
            look.changedMicros = look.modifiedMicros;
            look.links = 1;
            look.type =
                    values.isRegularFile()
                            ? EntryType.FILE
                            : values.isDirectory()
                                    ? EntryType.FOLDER
                                    : values.isSymbolicLink() ? EntryType.LINK : EntryType.SPECIAL;
        }
    }

    private static long micros(@Nullable Object time) {
        if (!(time instanceof FileTime fileTime)) {
            return 0;
        }
        Instant instant = fileTime.toInstant();
        return FileStat.micros(instant.getEpochSecond(), instant.getNano());
    }

    private static IOException translated(IOException failure) {
        return switch (failure) {
            case NotDirectoryException _ -> new NotAFolder();
            case NoSuchFileException _ -> new NoSuchFileException("");
            case AccessDeniedException _ -> new IOException("permission denied", failure);
            case NotAFolder _ -> failure;
            default -> failure;
        };
    }
}
