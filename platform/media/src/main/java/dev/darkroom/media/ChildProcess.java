package dev.darkroom.media;

import dev.darkroom.media.MediaChildLost.Kind;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running child. Talks to one caller at a time, and kills the child at its deadline or over
/// its memory.
final class ChildProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration BURIAL = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 25;
    private static final int OUT_OF_HEAP = 3;
    private static final int SIGKILLED = 128 + 9;

    private final MediaOptions options;
    private final ScheduledExecutorService clock;
    private final Process process;
    private final OutputStream toChild;
    private final InputStream fromChild;
    private final ErrorTail errors;
    private final Path statm;
    private final AtomicReference<@Nullable Kind> killedFor = new AtomicReference<>();

    private ChildProcess(
            MediaOptions options, ScheduledExecutorService clock, Process process, String name) {
        this.options = options;
        this.clock = clock;
        this.process = process;
        this.toChild = process.getOutputStream();
        this.fromChild = new BufferedInputStream(process.getInputStream());
        this.errors = new ErrorTail(process.getErrorStream(), name);
        this.statm = Path.of("/proc", Long.toString(process.pid()), "statm");
    }

    /// Starts a child; it is of use only after [#warmUp()].
    static ChildProcess spawn(
            MediaOptions options,
            ScheduledExecutorService clock,
            Supplier<ProcessBuilder> command,
            String name)
            throws MediaChildLost {
        try {
            return new ChildProcess(options, clock, command.get().start(), name);
        } catch (IOException | UncheckedIOException e) {
            throw new MediaChildLost(
                    Kind.CRASHED, "a media child could not be started: " + e.getMessage(), e);
        }
    }

    /// Waits until the child has read its first picture and says what it can do.
    Reply.Ready warmUp() throws MediaChildLost, InterruptedException {
        Request hello =
                new Request.Hello(
                        Frames.VERSION,
                        options.maxPixels(),
                        options.maxTextBytes(),
                        options.maxTags(),
                        options.nativeDecoders());
        Reply reply = ask(hello, "warm-up", START_DEADLINE);
        if (reply instanceof Reply.Ready ready) {
            return ready;
        }
        throw new MediaChildLost(Kind.CRASHED, "a media child did not become ready: " + reply);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// Sends one request and waits for its reply.
    ///
    /// @param subject what it is about, for the message when the child is lost
    /// @throws MediaChildLost when the child is gone; this object is of no more use then
    Reply ask(Request request, String subject, Duration deadline)
            throws MediaChildLost, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        ScheduledFuture<?> watch =
                clock.scheduleAtFixedRate(
                        () -> watch(end),
                        LOOK_EVERY_MILLIS,
                        LOOK_EVERY_MILLIS,
                        TimeUnit.MILLISECONDS);
        try {
            Frames.send(toChild, request);
            return Frames.readReply(fromChild);
        } catch (IOException e) {
            throw lost(subject, deadline, e);
        } finally {
            watch.cancel(false);
        }
    }

    private void watch(long end) {
        if (System.nanoTime() - end >= 0) {
            kill(Kind.TIMED_OUT);
        } else if (privateBytes() > options.memoryLimitBytes()) {
            kill(Kind.OUT_OF_MEMORY);
        }
    }

    private void kill(Kind reason) {
        killedFor.compareAndSet(null, reason);
        process.destroyForcibly();
    }

    /// Resident memory that belongs to the child alone; files it has mapped do not count. Zero when
    /// unknown.
    long privateBytes() {
        try {
            String[] pages = Files.readString(statm).split(" ", 4);
            return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * 4096;
        } catch (IOException e) {
            return 0; // it has just ended, or there is no /proc here, which Confinement reports
        }
    }

    private MediaChildLost lost(String subject, Duration deadline, IOException cause)
            throws InterruptedException {
        boolean ended = process.waitFor(2, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        int exit = ended ? process.exitValue() : -1;
        String said = errors.text();
        Kind kind = killedFor.get();
        if (kind == null) {
            kind =
                    exit == OUT_OF_HEAP || exit == SIGKILLED || saysOutOfMemory(said)
                            ? Kind.OUT_OF_MEMORY
                            : Kind.CRASHED;
        }
        String words = said.isEmpty() ? "" : "; its last words: " + said;
        String message =
                switch (kind) {
                    case TIMED_OUT ->
                            subject
                                    + ": the child that read it was killed after "
                                    + deadline.toMillis()
                                    + " ms, the deadline of one call; raise darkroom.media.deadline if such files are"
                                    + " worth the wait";
                    case OUT_OF_MEMORY -> subject + ": " + outOfMemory(exit) + words;
                    case CRASHED ->
                            subject
                                    + ": the child that read it ended with "
                                    + (ended
                                            ? "exit code " + exit
                                            : "nonsense on its output (" + cause.getMessage() + ")")
                                    + words;
                };
        return new MediaChildLost(kind, message, cause);
    }

    private String outOfMemory(int exit) {
        String limit = options.memoryLimitBytes() / (1024 * 1024) + " MiB";
        if (killedFor.get() == Kind.OUT_OF_MEMORY) {
            return "the child that read it was killed over its memory limit of "
                    + limit
                    + "; raise darkroom.media.memory-limit if such files are worth it";
        }
        return switch (exit) {
            case OUT_OF_HEAP ->
                    "the child that read it ran out of its Java heap of "
                            + options.heapBytes() / (1024 * 1024)
                            + " MiB; raise darkroom.media.heap if such files are worth it";
            case SIGKILLED ->
                    "the child that read it was killed from outside, most likely by the system for want of memory";
            default ->
                    "the child that read it could get no more memory; its limit is "
                            + limit
                            + "; raise darkroom.media.memory-limit if such files are worth it";
        };
    }

    private static boolean saysOutOfMemory(String said) {
        return said.contains("failed to allocate")
                || said.contains("insufficient memory")
                || said.contains("Cannot allocate memory")
                || said.contains("Out of Memory Error")
                || said.contains("bad_alloc");
    }

    /// Kills the child without waiting; whoever reads from it learns that it is gone.
    void kill() {
        process.destroyForcibly();
    }

    /// Kills the child and waits until the system has buried it, which may not be interrupted.
    @Override
    public void close() {
        kill();
        process.onExit().completeOnTimeout(process, BURIAL.toSeconds(), TimeUnit.SECONDS).join();
        try {
            toChild.close();
        } catch (IOException e) {
            LOG.atDebug()
                    .setCause(e)
                    .log("The pipe to a media child was broken before it was closed");
        }
    }
}
