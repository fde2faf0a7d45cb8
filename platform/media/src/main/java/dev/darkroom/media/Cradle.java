package dev.darkroom.media;

import dev.darkroom.media.child.jpeg.PracticePicture;
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
    private static final int PRACTICE_WIDTH = 3264;
    private static final int PRACTICE_HEIGHT = 1224;

    private final ChildCommand command;
    private final Path folder;
    private final AtomicInteger places = new AtomicInteger();
    private final @Nullable Kernel kernel = kernel();
    private boolean sandboxed = true;
    private boolean oneGotUp;

    /// @param program the class that children run
    Cradle(MediaOptions options, String program) {
        this(ChildCommand.of(options, program));
    }

    Cradle(ChildCommand command) {
        this.command = command;
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

    Place place(Haste haste) throws IOException {
        Path own = fresh();
        Path door = own.resolve("door");
        boolean sandboxed = isSandboxed();
        Handover files = sandboxed ? listen(door) : null;
        return new Place(
                command.in(own, haste, sandboxed, files == null ? null : door), own, files);
    }

    private Path fresh() throws IOException {
        return Files.createDirectory(folder.resolve(Integer.toString(places.incrementAndGet())));
    }

    /// Lets later children start faster, once children have started at all.
    void makeArchive() throws InterruptedException {
        try {
            Path scratch = fresh();
            command.archive().make(command.rehearsal(scratch), command.options().nativeDecoders());
            delete(scratch);
        } catch (IOException e) {
            LOG.atWarn()
                    .setCause(e)
                    .log("Media children start without an archive of their classes");
        }
    }

    /// A picture of our own, for a child that has nothing else to do.
    synchronized Path practice() throws IOException {
        Path file = folder.resolve("practice.jpg");
        if (Files.notExists(file)) {
            Files.write(file, PracticePicture.likeAPhoto(PRACTICE_WIDTH, PRACTICE_HEIGHT));
        }
        return file;
    }

    /// Remembers that a child got up; whether it was the first one.
    synchronized boolean hasRaised() {
        boolean first = !oneGotUp;
        oneGotUp = true;
        return first;
    }

    /// Whether a child may be started once more without its sandbox, as the first one did not get
    /// up in it. Some systems kill what tries.
    synchronized boolean withoutSandbox() {
        boolean first = sandboxed && !oneGotUp;
        sandboxed &= !first;
        return first;
    }

    private synchronized boolean isSandboxed() {
        return sandboxed;
    }

    /// Everything that was taken from a child, by us and by itself, and what could not be.
    List<String> confinement(Reply.Ready child) {
        return Stream.concat(command.confinement().report().stream(), child.confinement().stream())
                .toList();
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
