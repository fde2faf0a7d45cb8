package dev.darkroom.media;

import dev.darkroom.media.child.Rehearsal;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The classes of a child as the virtual machine wants them, so that the next one starts with a
/// third less work: a file in the cache, made once for each build and each Java.
///
/// Children start without it as well, and so they do until it is there.
final class StartArchive {

    private static final Logger LOG = LoggerFactory.getLogger(StartArchive.class);
    private static final String NAME = "children-";
    private static final String ENDING = ".jsa";
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration UNUSED = Duration.ofDays(30);

    private final Path folder;
    private final List<Path> classes;

    StartArchive(Path folder, List<Path> classes) {
        this.folder = folder;
        this.classes = classes;
    }

    Path folder() {
        return folder;
    }

    /// Null until it is made.
    @Nullable Path file() {
        Path file = named();
        return file != null && Files.isRegularFile(file) ? file : null;
    }

    /// Makes it, unless it is there or somebody else is making it. Takes some seconds.
    ///
    /// @param command what children are started with, up to the class that they run
    void make(ProcessBuilder command, boolean nativeDecoders) throws InterruptedException {
        Path file = named();
        if (file == null || Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            try (FileChannel turn =
                            FileChannel.open(
                                    folder.resolve(NAME + "lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = turn.tryLock()) {
                if (lock != null && Files.notExists(file)) {
                    rehearse(command, nativeDecoders, file);
                    dropUnused();
                }
            }
        } catch (OverlappingFileLockException e) {
            LOG.atDebug().setCause(e).log("Another pool of this process makes the archive");
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .setCause(e)
                    .log("Media children start without an archive of their classes");
        }
    }

    private void rehearse(ProcessBuilder command, boolean nativeDecoders, Path file)
            throws IOException, InterruptedException {
        Path fresh = Files.createTempFile(folder, NAME, ".new");
        long begin = System.nanoTime();
        try {
            // The virtual machine writes no file that is there already.
            Files.delete(fresh);
            List<String> words = command.command();
            words.add(1, "-XX:ArchiveClassesAtExit=" + fresh);
            words.addAll(List.of(Rehearsal.class.getName(), Boolean.toString(nativeDecoders)));
            Process process =
                    command.redirectErrorStream(true).redirectOutput(new File("/dev/null")).start();
            try {
                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("its rehearsal took more than " + LONGEST);
                }
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0 || Files.notExists(fresh)) {
                throw new IOException("its rehearsal ended with " + process.exitValue());
            }
            if (!fresh.toFile().setReadable(true, false)) { // children may be somebody else
                throw new IOException("others cannot be let into " + fresh);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        LOG.atInfo()
                .addKeyValue("file", file)
                .addKeyValue("durationMs", (System.nanoTime() - begin) / 1_000_000)
                .log("Media children start from an archive of their classes from now on");
    }

    /// Those of builds that nobody starts any more.
    private void dropUnused() throws IOException {
        Instant since = Instant.now().minus(UNUSED);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(NAME)
                        && name.endsWith(ENDING)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// Remembers that it is in use.
    void touch() {
        Path file = file();
        if (file != null) {
            try {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("The archive belongs to somebody else");
            }
        }
    }

    /// Another Java, another build: another archive. Null while classes lie in folders, of which
    /// the virtual machine makes none.
    private @Nullable Path named() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(word(System.getProperty("java.home")));
            digest.update(word(Runtime.version().toString()));
            for (Path place : classes) {
                if (!Files.isRegularFile(place)) {
                    return null;
                }
                digest.update(word(place.toString()));
                digest.update(word(Files.getLastModifiedTime(place) + " " + Files.size(place)));
            }
            String key = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
            return folder.resolve(NAME + key + ENDING);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A jar of the media children cannot be looked at");
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] word(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
