package dev.darkroom.inference.fetch;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.ModelUnavailable;
import dev.darkroom.inference.Role;
import dev.darkroom.inference.Sha256;
import dev.darkroom.inference.layout.ModelFolder;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From an address to a folder on this disk, fetched once and used without the network ever after.
///
/// A model gets its folder's name only when it is whole and verified; what a crash leaves behind is
/// never used. To fetch a model again, delete its folder.
public final class ModelCache {
    private static final Logger log = LoggerFactory.getLogger(ModelCache.class);
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final Path cache;
    private final long maxBytes;
    private final Download download;

    public ModelCache(Path cache, long maxBytes, Duration stall, HttpClient client) {
        this.cache = cache;
        this.maxBytes = maxBytes;
        this.download = new Download(client, stall);
    }

    /// For production: encrypted, and never from there back to plain.
    public static HttpClient client(Duration stall) {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(stall)
                .build();
    }

    /// The folder of a model, ready to be read.
    public ModelFolder folder(Role role, ModelSource source) {
        try {
            String location = source.location();
            if (location.matches("(?i)https?:.*")) {
                return fetched(role, source, URI.create(location));
            }
            Path path =
                    location.startsWith("file:")
                            ? Path.of(URI.create(location))
                            : Path.of(location);
            return local(role, source, path.toAbsolutePath().normalize());
        } catch (IllegalArgumentException e) {
            throw new ModelRefused(
                    "the location is no folder and no address: " + source.location(), e);
        } catch (IOException e) {
            throw new ModelUnavailable(
                    "the model at %s cannot be had: %s".formatted(source.location(), e), e);
        }
    }

    private ModelFolder local(Role role, ModelSource source, Path path) throws IOException {
        if (Files.isDirectory(path)) {
            if (source.sha256().isPresent()) {
                verify(source, Listing.hash(path), "the listing of " + path);
            }
            return new ModelFolder(path, path.getFileName().toString(), source.dtype());
        }
        if (!Files.isRegularFile(path)) {
            throw new ModelRefused(path + " is not there: name the folder of a model");
        }
        String file = path.getFileName().toString();
        if (!Archive.isNamed(file)) {
            throw new ModelRefused(
                    path + " is neither a folder nor a .zip or .tar.gz: name the folder it is in");
        }
        String digest = Sha256.of(path);
        verify(source, digest, path.toString());
        Path home = home(role, name(file), digest);
        return once(source, home, name(file), () -> unpack(path, file, home));
    }

    private ModelFolder fetched(Role role, ModelSource source, URI address) throws IOException {
        Download.requireSafe(address);
        String[] segments =
                Arrays.stream(String.valueOf(address.getPath()).split("/", -1))
                        .filter(segment -> !segment.isBlank())
                        .toArray(String[]::new);
        String last = segments.length == 0 ? address.getHost() : segments[segments.length - 1];
        boolean isArchive = Archive.isNamed(last.toLowerCase(Locale.ROOT));
        String name = isArchive ? name(last) : name(segments, address.getHost());
        Path home = home(role, name, source.sha256().orElse(Sha256.of(source.location())));
        return once(
                source,
                home,
                name,
                () -> {
                    if (isArchive) {
                        archive(source, address, last, home);
                    } else {
                        base(role, source, address, home);
                    }
                });
    }

    /// Something that leaves a whole folder under its name, or throws.
    private interface Making {
        void make() throws IOException;
    }

    /// One process and one thread fetches; the others wait and find it done.
    private ModelFolder once(ModelSource source, Path home, String name, Making making)
            throws IOException {
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home.getParent());
            ONE_AT_A_TIME.lock();
            try (FileChannel channel =
                            FileChannel.open(
                                    home.resolveSibling(home.getFileName() + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the lock of " + home + " is gone");
                }
                if (!Files.isDirectory(home)) {
                    making.make();
                    log.atInfo()
                            .addKeyValue("location", source.location())
                            .addKeyValue("folder", home)
                            .log("Model fetched");
                }
            } finally {
                ONE_AT_A_TIME.unlock();
            }
        }
        return new ModelFolder(Archive.root(home), name, source.dtype());
    }

    private void archive(ModelSource source, URI address, String file, Path home)
            throws IOException {
        Path packed = home.resolveSibling(home.getFileName() + ".archive");
        if (!Files.exists(packed) && !download.fetch(address, packed, maxBytes)) {
            throw new ModelRefused(address + " is not there");
        }
        try {
            verify(source, Sha256.of(packed), address.toString());
            unpack(packed, file, home);
        } finally {
            Files.deleteIfExists(packed);
        }
    }

    private void unpack(Path packed, String file, Path home) throws IOException {
        Path unpacked = home.resolveSibling(home.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Archive.unpack(packed, file.toLowerCase(Locale.ROOT), unpacked, maxBytes);
            Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (ZipException | EOFException e) {
            throw new ModelRefused(packed + " is a damaged archive: " + e.getMessage(), e);
        } finally {
            delete(unpacked);
        }
    }

    private void base(Role role, ModelSource source, URI address, Path home) throws IOException {
        Path part = home.resolveSibling(home.getFileName() + ".part");
        Files.createDirectories(part);
        String text = source.location();
        URI base = URI.create(text.endsWith("/") ? text : text + "/");
        new KnownFilesAt(download, base, part, maxBytes).fetch(role, source.dtype());
        try {
            verify(source, Listing.hash(part), "the listing of what was fetched from " + address);
        } catch (ModelRefused e) {
            delete(part);
            throw e;
        }
        Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void verify(ModelSource source, String digest, String what) {
        source.sha256()
                .filter(expected -> !expected.equals(digest))
                .ifPresent(
                        expected -> {
                            throw new ModelRefused(
                                    "%s has the SHA-256 %s and should have %s: it is not used. If you trust it, set the first one"
                                            .formatted(what, digest, expected));
                        });
    }

    private Path home(Role role, String name, String digest) {
        return cache.resolve(role.key()).resolve(name + "-" + digest.substring(0, 16));
    }

    private static String name(String file) {
        return clean(file.replaceFirst("(?i)\\.(zip|tar\\.gz|tgz)$", ""));
    }

    /// The segment that says most: hubs end in `/resolve/main`.
    private static String name(String[] segments, String host) {
        List<String> telling =
                Stream.of(segments)
                        .filter(segment -> !segment.matches("resolve|main|master|raw|onnx"))
                        .toList();
        return clean(telling.isEmpty() ? host : telling.getLast());
    }

    private static String clean(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9._-]+", "_").replaceFirst("^\\.+", "");
        return clean.isEmpty() ? "model" : clean.substring(0, Math.min(80, clean.length()));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
