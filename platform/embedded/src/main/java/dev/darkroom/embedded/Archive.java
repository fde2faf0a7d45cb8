package dev.darkroom.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/// A compressed tar archive, whatever it is compressed with.
final class Archive {

    private static final int EXECUTABLE = 0100;

    private Archive() {}

    /// Unpacks into a folder, with links and executable bits, refusing entries that leave it.
    static void unpack(InputStream compressed, Path folder) {
        try (BufferedInputStream buffered = new BufferedInputStream(compressed);
                InputStream plain =
                        new CompressorStreamFactory().createCompressorInputStream(buffered);
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                unpack(tar, entry, folder);
            }
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot unpack an archive into " + folder, e);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        Path target = inside(folder, folder.resolve(entry.getName()));
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(folderOf(target));
        if (entry.isSymbolicLink()) {
            Path link = Path.of(entry.getLinkName());
            inside(folder, folderOf(target).resolve(link));
            Files.createSymbolicLink(target, link);
        } else if (entry.isLink()) {
            Files.createLink(target, inside(folder, folder.resolve(entry.getLinkName())));
        } else if (entry.isFile()) {
            Files.copy(tar, target);
            if ((entry.getMode() & EXECUTABLE) != 0
                    && !target.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make executable: " + target);
            }
        }
    }

    private static Path inside(Path folder, Path target) throws IOException {
        Path clean = target.normalize();
        if (!clean.startsWith(folder.normalize())) {
            throw new IOException("an archive entry leaves its folder: " + target);
        }
        return clean;
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent(), "parent");
    }
}
