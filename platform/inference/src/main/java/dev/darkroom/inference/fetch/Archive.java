package dev.darkroom.inference.fetch;

import dev.darkroom.inference.ModelRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Unpacks a `.zip` or `.tar.gz` that somebody else made: into one folder and nowhere else, files
/// and folders and nothing else, and never more than allowed.
final class Archive {
    private static final int MOST_FILES = 10_000;

    private final Path archive;
    private final Path target;
    private final long maxBytes;
    private long bytes;
    private int files;

    private Archive(Path archive, Path target, long maxBytes) {
        this.archive = archive;
        this.target = target;
        this.maxBytes = maxBytes;
    }

    static boolean isNamed(String name) {
        return name.endsWith(".zip") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    /// Unpacks all of it.
    ///
    /// @param name by which the kind is known; the archive itself may be called otherwise
    /// @return the folder with the model: the target, or the only folder in it
    static Path unpack(Path archive, String name, Path target, long maxBytes) throws IOException {
        Files.createDirectories(target);
        Archive unpacking = new Archive(archive, target, maxBytes);
        if (name.endsWith(".zip")) {
            unpacking.zip();
        } else {
            unpacking.tar();
        }
        return root(target);
    }

    /// Many archives hold one folder that holds the files.
    static Path root(Path target) throws IOException {
        try (Stream<Path> entries = Files.list(target)) {
            List<Path> all = entries.toList();
            return all.size() == 1 && Files.isDirectory(all.getFirst()) ? all.getFirst() : target;
        }
    }

    private void zip() throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                try (InputStream content = zip.getInputStream(entry)) {
                    put(entry.getName(), entry.isDirectory(), content);
                }
            }
        }
    }

    private void tar() throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                if ((!entry.isDirectory() && !entry.isFile())
                        || entry.isSymbolicLink()
                        || entry.isLink()) {
                    throw refused(entry.getName(), "is a link or a device");
                }
                put(entry.getName(), entry.isDirectory(), tar);
            }
        }
    }

    private void put(String name, boolean isFolder, InputStream content) throws IOException {
        if (++files > MOST_FILES) {
            throw new ModelRefused(archive + " holds more than " + MOST_FILES + " files");
        }
        Path path = inside(name);
        if (isFolder) {
            Files.createDirectories(path);
            return;
        }
        if (Files.exists(path)) {
            throw refused(name, "is in it twice");
        }
        Files.createDirectories(path.getParent());
        try (OutputStream out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    throw new ModelRefused(
                            "%s unpacks to more than the %d bytes that a model may take"
                                    .formatted(archive, maxBytes));
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private Path inside(String name) {
        if (name.isBlank() || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw refused(name, "has no name that can be used here");
        }
        Path path = target.resolve(name).normalize();
        if (name.startsWith("/")
                || !path.startsWith(target)
                || List.of(name.split("/", -1)).contains("..")) {
            throw refused(name, "leads out of the folder");
        }
        return path;
    }

    private ModelRefused refused(String name, String why) {
        return new ModelRefused(
                archive
                        + " is refused: the entry "
                        + name
                        + " "
                        + why
                        + ". Nothing was used of it");
    }
}
