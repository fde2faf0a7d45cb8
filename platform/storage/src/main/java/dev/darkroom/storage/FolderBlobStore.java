package dev.darkroom.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// A [BlobStore] that keeps each blob as one file, named as its key, in a folder of this machine.
///
/// A blob is written beside the others under a private name, flushed, and renamed; then the folder
/// that holds its name is flushed. The folder may hold symbolic links, but no key is followed to a
/// place outside.
public final class FolderBlobStore implements BlobStore {
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final StagingFolder staging;
    private final DurableFolders folders;

    private FolderBlobStore(Path root) throws IOException {
        this.root = root;
        this.staging = new StagingFolder(root);
        this.folders = new DurableFolders(root);
    }

    /// Opens the store in a folder, which is made when it is missing, and removes what writers that
    /// died more than a day ago left half done.
    public static FolderBlobStore open(Path root) throws IOException {
        requireUtf8Names();
        Files.createDirectories(root);
        FolderBlobStore store = new FolderBlobStore(root.toRealPath());
        store.sweep(ABANDONED);
        return store;
    }

    /// Removes staged bytes that nobody has touched for this long.
    ///
    /// @return how many files went
    public int sweep(Duration untouched) throws IOException {
        return staging.sweep(untouched);
    }

    @Override
    public StagedBlob stage(InputStream bytes) throws IOException {
        return new FolderStagedBlob(this, staging.receive(bytes));
    }

    @Override
    public StagedBlob stage(Path file) throws IOException {
        Path shared = staging.share(file);
        try {
            return new FolderStagedBlob(this, staging.hash(shared));
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(shared);
            throw failure;
        }
    }

    @Override
    public List<StoredBlob> putAll(Map<BlobKey, byte[]> blobs) throws IOException {
        List<StoredBlob> stored = new ArrayList<>(blobs.size());
        SequencedMap<Path, BlobKey> files = new LinkedHashMap<>();
        try {
            for (Map.Entry<BlobKey, byte[]> blob : blobs.entrySet()) {
                var arrived = staging.receive(new ByteArrayInputStream(blob.getValue()));
                files.put(arrived.file(), blob.getKey());
                stored.add(new StoredBlob(blob.getKey(), arrived.sha256(), arrived.size()));
            }
            moveIn(files);
        } finally {
            for (Path file : files.sequencedKeySet()) {
                Files.deleteIfExists(file);
            }
        }
        return stored;
    }

    @Override
    public InputStream read(BlobKey key) throws IOException {
        try {
            return Files.newInputStream(local(key));
        } catch (NoSuchFileException gone) {
            throw notFound(key, gone);
        }
    }

    @Override
    public Path local(BlobKey key) throws IOException {
        Path file = inside(key);
        if (!Files.isRegularFile(file)) {
            throw new BlobNotFound(key);
        }
        return file;
    }

    @Override
    public Optional<Long> size(BlobKey key) throws IOException {
        Path file = inside(key);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.size(file)) : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void copy(BlobKey from, BlobKey to) throws IOException {
        Path shared;
        try {
            shared = staging.share(local(from));
        } catch (NoSuchFileException gone) {
            throw notFound(from, gone);
        }
        try {
            moveIn(new LinkedHashMap<>(Map.of(shared, to)));
        } finally {
            // Renaming one name of a file to another name of the same file leaves both in place.
            Files.deleteIfExists(shared);
        }
    }

    @Override
    public boolean delete(BlobKey key) throws IOException {
        Path file = inside(key);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Files.deleteIfExists(file)) {
            return false;
        }
        DurableFolders.flush(DurableFolders.parentOf(file));
        return true;
    }

    @Override
    public Stream<BlobKey> list(String prefix) throws IOException {
        int slash = prefix.lastIndexOf('/');
        Path start = slash < 0 ? root : inside(new BlobKey(prefix.substring(0, slash)));
        return filesIn(start)
                .flatMap(file -> keyOf(file).stream())
                .filter(key -> key.value().startsWith(prefix));
    }

    @Override
    public String toString() {
        return "FolderBlobStore[" + root + "]";
    }

    /// Gives staged files their keys: flushes every file, renames every file, then flushes each
    /// folder that got a name once.
    void moveIn(SequencedMap<Path, BlobKey> files) throws IOException {
        try {
            SequencedMap<Path, Path> targets = new LinkedHashMap<>();
            for (Map.Entry<Path, BlobKey> file : files.sequencedEntrySet()) {
                Path target = inside(file.getValue());
                folders.make(DurableFolders.parentOf(target));
                flush(file.getKey());
                targets.put(file.getKey(), target);
            }
            Set<Path> touched = new LinkedHashSet<>();
            for (Map.Entry<Path, Path> move : targets.sequencedEntrySet()) {
                Files.move(move.getKey(), move.getValue(), StandardCopyOption.ATOMIC_MOVE);
                touched.add(DurableFolders.parentOf(move.getValue()));
            }
            for (Path folder : touched) {
                DurableFolders.flush(folder);
            }
        } catch (IOException failure) {
            throw staging.named(failure);
        }
    }

    /// The file of a key, after checking that no symbolic link on the way leads outside.
    private Path inside(BlobKey key) throws IOException {
        Path file = root.resolve(key.value());
        Path existing = file;
        while (!existing.equals(root) && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = DurableFolders.parentOf(existing);
        }
        Path real;
        try {
            real = existing.toRealPath();
        } catch (NoSuchFileException dangling) {
            throw new IOException("a symbolic link on the way leads nowhere: " + file, dangling);
        }
        if (!real.startsWith(root)) {
            throw new IOException("a symbolic link leads out of the store: " + file);
        }
        return file;
    }

    /// Walks without stumbling over what vanishes meanwhile, and without following links.
    @SuppressWarnings(
            "StreamResourceLeak") // flatMap closes the inner streams, our caller the outer
    private static Stream<Path> filesIn(Path folder) {
        Stream<Path> entries;
        try {
            entries = Files.list(folder);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return Stream.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return entries.flatMap(
                entry -> {
                    if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                        return Stream.of(entry);
                    }
                    boolean folderInside =
                            Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                                    && !entry.endsWith(StagingFolder.NAME);
                    return folderInside ? filesIn(entry) : Stream.empty();
                });
    }

    /// A file whose name is no key was not written by a store.
    private Optional<BlobKey> keyOf(Path file) {
        try {
            return Optional.of(new BlobKey(root.relativize(file).toString()));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private static void flush(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static BlobNotFound notFound(BlobKey key, NoSuchFileException cause) {
        BlobNotFound notFound = new BlobNotFound(key);
        notFound.initCause(cause);
        return notFound;
    }

    /// Java takes the encoding of file names from the locale, and under a bare `C` locale it can
    /// name no file with a letter beyond ASCII.
    private static void requireUtf8Names() {
        try {
            Path _ = Path.of("\u00E9\u20AC\uD83D\uDCF7");
        } catch (InvalidPathException ascii) {
            throw new IllegalStateException(
                    "this Java cannot write file names in UTF-8: start it with LC_ALL=C.UTF-8",
                    ascii);
        }
    }
}
