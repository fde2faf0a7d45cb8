package dev.darkroom.media;

import dev.darkroom.media.kernel.Handover;
import dev.darkroom.media.kernel.Kernel;
import dev.darkroom.media.wire.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where children come from: each gets a command line, an empty folder of its own, and a door at
/// which it may knock to be handed files.
final class Cradle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cradle.class);

    private final MediaOptions options;
    private final String program;
    private final Confinement confinement;
    private final Path folder;
    private final AtomicInteger children = new AtomicInteger();
    private final @Nullable Kernel kernel = kernel();
    private volatile boolean sandboxed = true;

    /// @param program the class that children run
    Cradle(MediaOptions options, String program) {
        this.options = options;
        this.program = program;
        this.confinement = Confinement.of(options);
        try {
            this.folder = Files.createTempDirectory("darkroom-media-");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the media pool needs a directory for temporary files", e);
        }
    }

    /// What one child is started with; to be closed after its end.
    ///
    /// @param door null when children open files themselves
    record Place(ProcessBuilder command, Path folder, @Nullable Handover door)
            implements AutoCloseable {
        @Override
        public void close() {
            if (door != null) {
                door.close();
            }
            delete(folder);
        }
    }

    Place place() throws IOException {
        Path own =
                Files.createDirectory(folder.resolve(Integer.toString(children.incrementAndGet())));
        Path door = own.resolve("door");
        Handover files = sandboxed ? listen(door) : null;
        return new Place(
                ChildCommand.of(
                        options, confinement, program, own, sandboxed, files == null ? null : door),
                own,
                files);
    }

    /// Whether a child may be started once more without its sandbox, as the first one did not get
    /// up in it. Some systems kill what tries.
    boolean withoutSandbox() {
        boolean first = sandboxed;
        sandboxed = false;
        return first;
    }

    /// Everything that was taken from a child, by us and by itself, and what could not be.
    List<String> confinement(Reply.Ready child) {
        return Stream.concat(confinement.report().stream(), child.confinement().stream()).toList();
    }

    private @Nullable Handover listen(Path door) {
        if (kernel == null) {
            return null;
        }
        try {
            return Handover.listen(kernel, door);
        } catch (Kernel.Refused | IllegalArgumentException e) {
            LOG.atDebug().setCause(e).log("Media children open files themselves");
            return null;
        }
    }

    private static @Nullable Kernel kernel() {
        try {
            return Kernel.isHere() ? new Kernel() : null;
        } catch (IllegalCallerException e) {
            LOG.atDebug().setCause(e).log("This virtual machine may not call the system");
            return null;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.atWarn()
                    .addKeyValue("directory", folder)
                    .setCause(e)
                    .log("Temporary files were left behind");
        }
    }

    /// After the end of all children.
    @Override
    public void close() {
        delete(folder);
    }
}
