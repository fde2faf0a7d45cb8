package dev.darkroom.media;

import dev.darkroom.media.child.Main;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
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
    private final Children children;
    private final Runnable leave;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// Starts the children in the background and returns at once.
    public MediaPool(MediaOptions options) {
        this(options, Main.class.getName());
    }

    /// @param program the class that children run; tests have one with accidents
    MediaPool(MediaOptions options, String program) {
        this.options = options;
        children = new Children(options, program);
        children.allow(options.processes());
        leave = children::close;
    }

    private MediaPool(MediaOptions options, SharedChildren.Share share) {
        this.options = options;
        children = share.children();
        leave = share::close;
    }

    /// A pool whose children belong to all of this process that ask for the same, so that several
    /// services in one process do not have children each. There are as many as the one wants that
    /// wants the most.
    public static MediaPool shared(MediaOptions options) {
        return new MediaPool(options, SharedChildren.of(options));
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

    /// The pixels of a picture, fitted into a square and never enlarged; messages call it by the
    /// name the person knows.
    ///
    /// @throws UnreadableMedia when it is no picture that can be decoded, with the reason
    /// @throws MediaChildLost when the child that decoded it died
    /// @throws IOException when the file cannot be opened
    public RgbPicture pixels(Path file, String originalName, int maxEdge)
            throws UnreadableMedia, MediaChildLost, IOException, InterruptedException {
        return switch (ask(new Request.ReadPixels(file.toAbsolutePath(), maxEdge), originalName)) {
            case Reply.PixelsRead pixels -> pixels.picture();
            case Reply other -> throw refused(other);
        };
    }

    /// What can be rendered here, and how the children are confined; waits for a child that knows.
    ///
    /// @throws MediaChildLost when no child can be started
    public MediaCapabilities capabilities() throws MediaChildLost, InterruptedException {
        try {
            Reply.Ready ready = children.behind().firstReady();
            return new MediaCapabilities(
                    new TreeMap<>(ready.engineByMimeType()),
                    ready.outputs(),
                    ready.missing(),
                    !options.nativeDecoders()
                                    || ready.missing().stream().allMatch(MediaPool::isOurs)
                            ? null
                            : "apt-get install --no-install-recommends libvips42 libturbojpeg0",
                    children.confinement(ready));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MediaChildLost lost) {
                throw new MediaChildLost(lost.kind(), String.valueOf(lost.getMessage()), lost);
            }
            throw new IllegalStateException("the media pool failed", e);
        }
    }

    /// Fails the calls that are waiting, and kills the children unless somebody shares them.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        failWaiting();
        leave.run();
        failWaiting();
    }

    private Reply ask(Request request, String subject) throws MediaChildLost, InterruptedException {
        Reply reply = ask(request, subject, children.front());
        return reply instanceof Reply.Elsewhere ? ask(request, subject, children.behind()) : reply;
    }

    private Reply ask(Request request, String subject, Lane lane)
            throws MediaChildLost, InterruptedException {
        Call call = new Call(request, subject);
        calls.add(call);
        try {
            if (closed) {
                failWaiting();
            }
            return lane.ask(call);
        } finally {
            calls.remove(call);
        }
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
            case Reply.NoDecoder lacking -> throw new MissingDecoder(lacking.reason());
            case Reply.Inaccessible inaccessible -> throw new IOException(inaccessible.reason());
            case Reply.Ready _,
                    Reply.Probed _,
                    Reply.Drawn _,
                    Reply.SidecarRead _,
                    Reply.Animated _,
                    Reply.PixelsRead _,
                    Reply.Elsewhere _ ->
                    new IllegalStateException(
                            "the media child answered another question: " + reply);
        };
    }

    private void failWaiting() {
        calls.forEach(
                call ->
                        call.reply()
                                .completeExceptionally(
                                        new IllegalStateException("the media pool is closed")));
    }
}
