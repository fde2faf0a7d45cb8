package dev.darkroom.media;

import dev.darkroom.media.child.Main;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warm child processes that read files nobody trusts; the only way into this module.
///
/// Calls block, in the order they came, until a child is free; they may be interrupted and come
/// from any number of threads. Whatever a file does to its child, the pool replaces the child and
/// serves the next call. Children end with the pool, or by themselves when this JVM dies.
public final class MediaPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaPool.class);

    private final MediaOptions options;
    private final Cradle cradle;
    private final Nursery nursery;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("media-clock").factory());
    private final CompletableFuture<Reply.Ready> firstReady = new CompletableFuture<>();
    private final List<ChildSlot> slots = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /// Starts the children in the background and returns at once.
    public MediaPool(MediaOptions options) {
        this(options, Main.class.getName());
    }

    /// @param program the class that children run; tests have one with accidents
    MediaPool(MediaOptions options, String program) {
        this.options = options;
        this.cradle = new Cradle(options, program);
        this.nursery = new Nursery(options, cradle, clock);
        for (int i = 1; i <= options.processes(); i++) {
            ChildSlot slot = new ChildSlot(options, calls, nursery, firstReady);
            slots.add(slot);
            threads.add(Thread.ofPlatform().daemon().name("media-slot-" + i).start(slot));
        }
    }

    /// Says what a file is, from its content.
    ///
    /// When the metadata takes a child down, the file is probed once more without it: a photo with
    /// hostile EXIF is still a photo, and the facts carry a warning.
    ///
    /// @param originalName what the person calls the file; only used in messages
    /// @throws UnreadableMedia when this is no photo, video or audio file, or too large
    /// @throws MediaChildLost when the child that read it died
    /// @throws IOException when the file cannot be opened
    public MediaFacts probe(Path file, String originalName)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        try {
            return probed(ask(new Request.Probe(file.toAbsolutePath(), true), originalName));
        } catch (MediaChildLost lost) {
            LOG.atInfo()
                    .addKeyValue("file", originalName)
                    .addKeyValue("kind", lost.kind())
                    .log("Probing once more without metadata");
            try {
                return probed(ask(new Request.Probe(file.toAbsolutePath(), false), originalName));
            } catch (MediaChildLost again) {
                again.addSuppressed(lost);
                throw again;
            }
        }
    }

    /// Says what an XMP sidecar says about the file beside it.
    ///
    /// @param originalName what the person calls the sidecar; only used in messages
    /// @throws UnreadableMedia when this is no XMP, with the reason
    /// @throws MediaChildLost when the child that read it died
    /// @throws IOException when the file cannot be opened
    public SidecarFacts readSidecar(Path file, String originalName)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        return switch (ask(new Request.ReadSidecar(file.toAbsolutePath()), originalName)) {
            case Reply.SidecarRead sidecar -> sidecar.facts();
            case Reply other -> throw refused(other);
        };
    }

    /// Makes pictures of a picture; messages call it by its file name.
    ///
    /// @throws UnreadableMedia when no picture can be made of it, with the reason
    /// @throws MediaChildLost when the child that decoded it died
    /// @throws IOException when the file cannot be opened
    public Rendered render(Path file, RenderRequest request)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        return render(file, String.valueOf(file.getFileName()), request);
    }

    /// Makes pictures of a picture; messages call it by the name the person knows.
    ///
    /// @see #render(Path, RenderRequest)
    public Rendered render(Path file, String originalName, RenderRequest request)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        return switch (ask(new Request.Render(file.toAbsolutePath(), request), originalName)) {
            case Reply.Drawn drawn -> drawn.rendered();
            case Reply other -> throw refused(other);
        };
    }

    /// Makes a short animation of a video; empty when nothing in it moves.
    ///
    /// @param originalName what the person calls the file; only used in messages
    /// @param maxEdge the longer edge in pixels; smaller videos are not enlarged
    /// @throws UnreadableMedia when the file is no video that can be decoded, with the reason
    /// @throws MediaChildLost when the child that decoded it died
    /// @throws IOException when the file cannot be opened
    public Optional<Loop> animate(Path file, String originalName, int maxEdge)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        return switch (ask(new Request.Animate(file.toAbsolutePath(), maxEdge), originalName)) {
            case Reply.Animated animated -> Optional.ofNullable(animated.loop());
            case Reply other -> throw refused(other);
        };
    }

    /// What can be rendered here, and how the children are confined; waits for the first child.
    ///
    /// @throws MediaChildLost when no child can be started
    public MediaCapabilities capabilities() throws MediaChildLost, InterruptedException {
        try {
            Reply.Ready ready = firstReady.get();
            return new MediaCapabilities(
                    new TreeMap<>(ready.engineByMimeType()),
                    ready.missing(),
                    !options.nativeDecoders()
                                    || ready.missing().stream().allMatch(MediaPool::isOurs)
                            ? null
                            : "apt-get install --no-install-recommends libvips42",
                    cradle.confinement(ready));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MediaChildLost lost) {
                throw new MediaChildLost(lost.kind(), String.valueOf(lost.getMessage()), lost);
            }
            throw new IllegalStateException("the media pool failed", e);
        }
    }

    /// Kills the children and fails the calls that are waiting.
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        slots.forEach(ChildSlot::stop);
        failWaiting();
        threads.forEach(MediaPool::await);
        nursery.close();
        clock.shutdownNow();
        failWaiting();
        firstReady.completeExceptionally(new IllegalStateException("the media pool is closed"));
        cradle.close();
    }

    /// Waits for the end of a thread, which may not be interrupted.
    static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply ask(Request request, String subject) throws MediaChildLost, InterruptedException {
        Call call = new Call(request, subject);
        calls.add(call);
        if (closed) {
            failWaiting();
        }
        return call.await();
    }

    private static boolean isOurs(String missing) {
        return missing.startsWith(MediaCapabilities.RECORDINGS);
    }

    private static MediaFacts probed(Reply reply) throws UnreadableMedia, IOException {
        return switch (reply) {
            case Reply.Probed probed -> probed.facts();
            case Reply other -> throw refused(other);
        };
    }

    private static IllegalStateException refused(Reply reply) throws UnreadableMedia, IOException {
        return switch (reply) {
            case Reply.Unreadable unreadable -> throw new UnreadableMedia(unreadable.reason());
            case Reply.Inaccessible inaccessible -> throw new IOException(inaccessible.reason());
            case Reply.Ready _,
                    Reply.Probed _,
                    Reply.Drawn _,
                    Reply.SidecarRead _,
                    Reply.Animated _ ->
                    new IllegalStateException(
                            "the media child answered another question: " + reply);
        };
    }

    private void failWaiting() {
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            call.reply()
                    .completeExceptionally(new IllegalStateException("the media pool is closed"));
        }
    }
}
