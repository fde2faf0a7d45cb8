package dev.darkroom.media;

import dev.darkroom.media.MediaChildLost.Kind;
import dev.darkroom.media.kernel.Handover;
import dev.darkroom.media.kernel.Kernel;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running child. Talks to one caller at a time, and kills the child at its deadline or over
/// its memory or processor time.
final class ChildProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration BURIAL = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 25;
    private static final int MOST_IDLE_LOOKS = 40;

    private final MediaOptions options;
    private final Duty duty;
    private final ScheduledExecutorService clock;
    private final Cradle.Place place;
    private final Process process;
    private final OutputStream toChild;
    private final InputStream fromChild;
    private final ErrorTail errors;
    private final Watch watch;
    private final AtomicReference<@Nullable Loss> killedFor = new AtomicReference<>();
    private Reply.@Nullable Ready ready;
    private @Nullable Handover files;
    private boolean killedFromOutside;
    private volatile @Nullable Allowance allowed;
    private volatile long privateBytes;
    private @Nullable ScheduledFuture<?> looking;
    private int requests;
    private int lookedAt;
    private long cpuBefore;
    private int idleLooks;

    private ChildProcess(
            MediaOptions options,
            Duty duty,
            ScheduledExecutorService clock,
            Cradle.Place place,
            Process process,
            String name) {
        this.options = options;
        this.duty = duty;
        this.clock = clock;
        this.place = place;
        this.process = process;
        this.toChild = process.getOutputStream();
        this.fromChild = process.getInputStream();
        this.errors = new ErrorTail(process.getErrorStream(), name);
        this.watch = new Watch(process.pid());
    }

    /// Starts a child and waits until it has read its first picture.
    static ChildProcess start(
            MediaOptions options,
            Duty duty,
            ScheduledExecutorService clock,
            Cradle cradle,
            String name,
            Haste haste)
            throws MediaChildLost, InterruptedException {
        ChildProcess child = spawn(options, duty, clock, cradle, name, haste);
        try {
            child.warmUp();
            return child;
        } catch (MediaChildLost | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static ChildProcess spawn(
            MediaOptions options,
            Duty duty,
            ScheduledExecutorService clock,
            Cradle cradle,
            String name,
            Haste haste)
            throws MediaChildLost {
        Cradle.Place place = null;
        try {
            place = cradle.place(haste);
            return new ChildProcess(options, duty, clock, place, place.command().start(), name);
        } catch (IOException | UncheckedIOException e) {
            if (place != null) {
                place.close();
            }
            throw new MediaChildLost(
                    Kind.CRASHED, "a media child could not be started: " + e.getMessage(), e);
        }
    }

    private void warmUp() throws MediaChildLost, InterruptedException {
        Request hello =
                new Request.Hello(
                        Frames.VERSION,
                        options.maxPixels(),
                        options.maxTextBytes(),
                        options.maxTags(),
                        options.nativeDecoders(),
                        duty.isOwnCodeOnly(),
                        options.limits());
        Reply reply;
        try {
            reply = ask(hello, "warm-up", START_DEADLINE, START_DEADLINE);
        } catch (NeverHeard e) {
            throw loss("warm-up", START_DEADLINE, e);
        } catch (KilledFromOutside e) {
            throw e.loss();
        }
        if (!(reply instanceof Reply.Ready answer)) {
            throw new MediaChildLost(Kind.CRASHED, "a media child did not become ready: " + reply);
        }
        ready = answer;
        if (answer.takesFiles()) {
            files = letIn(place.door());
        }
    }

    /// A child that takes files has knocked before it became ready.
    private static Handover letIn(@Nullable Handover door) throws MediaChildLost {
        try {
            if (door != null && door.hears(0)) {
                return door.open();
            }
        } catch (Kernel.Refused e) {
            throw new MediaChildLost(
                    Kind.CRASHED, "a media child cannot be handed files: " + e.getMessage(), e);
        }
        throw new MediaChildLost(Kind.CRASHED, "a media child takes files, but did not knock");
    }

    Reply.Ready ready() {
        if (ready == null) {
            throw new IllegalStateException("a media child is used before it is warm");
        }
        return ready;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// Its own memory when it was last looked at, which is every 25 ms while it has work.
    long privateBytes() {
        return privateBytes;
    }

    /// Sends one request and waits for its reply.
    ///
    /// @param subject what it is about, for the message when the child is lost
    /// @throws MediaChildLost when the child is gone; this object is of no more use then
    /// @throws NeverHeard when it was gone before; the request may be put to another one
    /// @throws KilledFromOutside when somebody else killed it, which the request is hardly to blame
    ///   for
    Reply ask(Request request, String subject)
            throws MediaChildLost, NeverHeard, KilledFromOutside, InterruptedException {
        return ask(request, subject, options.deadline(), options.limits().cpu());
    }

    private Reply ask(Request request, String subject, Duration deadline, Duration cpu)
            throws MediaChildLost, NeverHeard, KilledFromOutside, InterruptedException {
        begin(System.nanoTime() + deadline.toNanos(), cpu.toNanos());
        try {
            if (!reaches(request)) {
                throw new NeverHeard();
            }
            return Frames.readReply(fromChild);
        } catch (Kernel.Refused e) {
            return new Reply.Inaccessible("the file cannot be opened: " + e.getMessage());
        } catch (IOException e) {
            MediaChildLost loss = loss(subject, deadline, e);
            if (killedFromOutside) {
                throw new KilledFromOutside(loss);
            }
            throw loss;
        } finally {
            allowed = null;
        }
    }

    /// What one request may use.
    ///
    /// @param request which one it is since the child was started
    /// @param end by the clock of [System#nanoTime()]
    /// @param cpuNanos processor time, which is counted from the first look on
    private record Allowance(int request, long end, long cpuNanos) {}

    private synchronized void begin(long end, long cpuNanos) {
        requests++;
        allowed = new Allowance(requests, end, cpuNanos);
        if (looking == null) {
            looking =
                    clock.scheduleAtFixedRate(
                            this::look,
                            LOOK_EVERY_MILLIS,
                            LOOK_EVERY_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /// The child was gone before it heard of the request, which is not to blame.
    static final class NeverHeard extends Exception {
        private static final long serialVersionUID = 1L;

        NeverHeard() {
            super("a media child was gone before it was asked");
        }
    }

    /// The child was killed, and not by us.
    static final class KilledFromOutside extends Exception {
        private static final long serialVersionUID = 1L;

        private final MediaChildLost loss;

        KilledFromOutside(MediaChildLost loss) {
            super(loss);
            this.loss = loss;
        }

        /// What it is when it happens again and again.
        MediaChildLost loss() {
            return loss;
        }
    }

    private boolean reaches(Request request) throws Kernel.Refused {
        try {
            Path file = fileOf(request);
            if (files != null && file != null) {
                files.give(file);
            }
            Frames.send(toChild, request);
            return true;
        } catch (IOException | Handover.Gone e) {
            LOG.atDebug().setCause(e).log("A media child was gone before it was asked");
            return false;
        }
    }

    private static @Nullable Path fileOf(Request request) {
        return switch (request) {
            case Request.Hello _ -> null;
            case Request.Probe probe -> probe.file();
            case Request.Render render -> render.file();
            case Request.ReadSidecar sidecar -> sidecar.file();
            case Request.Animate animate -> animate.file();
            case Request.ReadPixels pixels -> pixels.file();
        };
    }

    /// Looks at one request after the other, until there has been none for a while: most are done
    /// before anybody looks, and must not pay for it.
    private synchronized void look() {
        Allowance allowance = allowed;
        if (allowance == null) {
            idleLooks++;
            if (idleLooks > MOST_IDLE_LOOKS) {
                stopLooking();
            }
            return;
        }
        idleLooks = 0;
        privateBytes = watch.privateBytes();
        long cpu = watch.cpuNanos();
        if (allowance.request != lookedAt) {
            lookedAt = allowance.request;
            cpuBefore = cpu;
        }
        if (System.nanoTime() - allowance.end >= 0) {
            kill(Loss.DEADLINE);
        } else if (cpu - cpuBefore > allowance.cpuNanos) {
            kill(Loss.CPU);
        } else if (privateBytes > options.memoryLimitBytes()) {
            kill(Loss.MEMORY);
        }
    }

    private synchronized void stopLooking() {
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    private void kill(Loss reason) {
        killedFor.compareAndSet(null, reason);
        process.destroyForcibly();
    }

    private MediaChildLost loss(String subject, Duration deadline, Exception cause)
            throws InterruptedException {
        boolean ended = process.waitFor(2, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        int exit = ended ? process.exitValue() : -1;
        String said = errors.text();
        Loss reason = killedFor.get();
        if (reason == null) {
            reason = Loss.of(exit, said);
            killedFromOutside = reason == Loss.KILLED_FROM_OUTSIDE;
        }
        String ending =
                ended ? "exit code " + exit : "nonsense on its output (" + cause.getMessage() + ")";
        boolean explained = said.isEmpty() || reason == Loss.DEADLINE || reason == Loss.CPU;
        return new MediaChildLost(
                reason.kind(),
                subject
                        + ": "
                        + reason.inWords(options, deadline, ending)
                        + (explained ? "" : "; its last words: " + said),
                cause);
    }

    /// Kills the child without waiting; whoever reads from it learns that it is gone.
    void kill() {
        process.destroyForcibly();
    }

    /// Kills the child and waits until the system has buried it, which may not be interrupted.
    @Override
    public void close() {
        kill();
        stopLooking();
        process.onExit().completeOnTimeout(process, BURIAL.toSeconds(), TimeUnit.SECONDS).join();
        if (files != null) {
            files.close();
            files = null;
        }
        try {
            toChild.close();
        } catch (IOException e) {
            LOG.atDebug()
                    .setCause(e)
                    .log("The pipe to a media child was broken before it was closed");
        }
        place.close();
    }
}
