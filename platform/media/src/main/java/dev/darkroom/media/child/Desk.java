package dev.darkroom.media.child;

import dev.darkroom.media.Loop;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.SidecarFacts;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.kernel.OpenFile;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers one request after the other. Whatever a file does, short of exhausting the heap, becomes
/// a reply.
final class Desk {

    private final Request.Hello limits;
    private final Engines engines;
    private @Nullable OpenFile handed;
    private final Recordings recordings;

    Desk(Request.Hello limits) {
        this.limits = limits;
        this.engines = Engines.load(limits.nativeDecoders());
        this.recordings = new Recordings(limits);
    }

    /// Reads and draws a picture of our own, so that the first real one meets warm code.
    ///
    /// @param confinement what has been taken from this process so far
    /// @param takesFiles whether files are handed over from then on
    Reply.Ready ready(List<String> confinement, boolean takesFiles) {
        WarmUp.run(this);
        List<String> all = new ArrayList<>(confinement);
        if (!confinement.isEmpty()) {
            all.add(Sandbox.forbidProcesses());
        }
        return new Reply.Ready(engines.byMimeType(), engines.missing(), all, takesFiles);
    }

    /// Answers about a file that was opened elsewhere; what the request names is only its name.
    Reply answer(Request request, OpenFile file) {
        handed = file;
        try (file) {
            return answer(request);
        } finally {
            handed = null;
        }
    }

    Reply answer(Request request) {
        try {
            return switch (request) {
                case Request.Probe probe ->
                        new Reply.Probed(probe(probe.file(), probe.withMetadata()));
                case Request.Render render ->
                        new Reply.Drawn(render(render.file(), render.wanted()));
                case Request.ReadSidecar sidecar -> new Reply.SidecarRead(sidecar(sidecar.file()));
                case Request.Animate animate ->
                        new Reply.Animated(animate(animate.file(), animate.maxEdge()));
                case Request.Hello hello ->
                        throw new IllegalStateException("Hello comes once: " + hello);
            };
        } catch (UnreadableMedia e) {
            return new Reply.Unreadable(Text.clean(inWords(e), 1_000));
        } catch (IOException e) {
            return new Reply.Inaccessible("the file cannot be opened: " + e);
        } catch (StackOverflowError e) {
            return new Reply.Unreadable("the file is corrupt: its structure is nested too deeply");
        } catch (RuntimeException e) {
            // Decoders answer corrupt data with any exception at all.
            return new Reply.Unreadable("the file is corrupt: " + Text.clean(e.toString(), 1_000));
        }
    }

    /// A decoder that gets no memory says that the file is corrupt.
    private static String inWords(UnreadableMedia refused) {
        String reason = String.valueOf(refused.getMessage());
        boolean starved =
                reason.contains("Insufficient memory")
                        || reason.contains("out of memory")
                        || reason.contains("unable to allocate");
        return starved
                ? "it needs more memory than one file may have ("
                        + reason
                        + "); raise darkroom.media.memory-limit if such files are worth it"
                : reason;
    }

    private MediaFile open(Path path) throws IOException, UnreadableMedia {
        return handed == null ? MediaFile.open(path) : MediaFile.of(path, handed);
    }

    private MediaFacts probe(Path path, boolean withMetadata) throws IOException, UnreadableMedia {
        try (MediaFile file = open(path)) {
            ContentType type = ContentType.of(file);
            return Probe.facts(file, type, limits, withMetadata);
        }
    }

    private SidecarFacts sidecar(Path path) throws IOException, UnreadableMedia {
        try (MediaFile file = open(path)) {
            return Sidecar.facts(file, limits);
        }
    }

    private @Nullable Loop animate(Path path, int maxEdge) throws IOException, UnreadableMedia {
        try (MediaFile file = open(path)) {
            return recordings.animate(file, ContentType.of(file), maxEdge).orElse(null);
        }
    }

    private Rendered render(Path path, RenderRequest wanted) throws IOException, UnreadableMedia {
        try (MediaFile file = open(path)) {
            ContentType type = ContentType.of(file);
            return type.kind() == MediaKind.PHOTO
                    ? draw(file, type, wanted)
                    : recordings.draw(
                            file,
                            type,
                            wanted,
                            cover -> draw(cover, ContentType.of(cover), wanted));
        }
    }

    Rendered draw(MediaFile file, ContentType type, RenderRequest wanted) throws UnreadableMedia {
        if (type.kind() != MediaKind.PHOTO) {
            throw new UnreadableMedia("this is no picture but " + type.mimeType());
        }
        if (type.isRaw()) {
            throw new UnreadableMedia(
                    "no picture can be made from camera RAW (" + type.mimeType() + ") yet");
        }
        Engine engine = engines.forType(type.mimeType());
        PictureHeader header = PictureHeader.of(file, type);
        header.requireAtMost(limits.maxPixels());
        Promises.checkPicture(header, limits.limits());
        Promises.check(file, type, limits.limits());
        try {
            return engine.render(file, type, header, wanted);
        } catch (UnreadableMedia refused) {
            return drawDamaged(file, type, header, wanted, engine, refused);
        }
    }

    /// Decoders recover from different damage in a JPEG; a person prefers a picture with a flaw to
    /// none.
    private Rendered drawDamaged(
            MediaFile file,
            ContentType type,
            PictureHeader header,
            RenderRequest wanted,
            Engine first,
            UnreadableMedia refused)
            throws UnreadableMedia {
        Optional<Engine> other = engines.secondOpinion(type.mimeType(), first);
        if (!type.mimeType().equals("image/jpeg") || other.isEmpty()) {
            throw refused;
        }
        try {
            Rendered rendered = other.get().render(file, type, header, wanted);
            List<String> warnings = new ArrayList<>(rendered.warnings());
            warnings.add(
                    "the picture data is damaged, parts of it may look wrong: "
                            + refused.getMessage());
            return new Rendered(
                    rendered.renditions(), rendered.thumbHash(), rendered.engine(), warnings);
        } catch (UnreadableMedia again) {
            refused.addSuppressed(again);
            throw refused;
        }
    }

    /// The sizes from the largest to the smallest, as the cascade makes them.
    static List<RenderSize> descending(RenderRequest wanted) {
        return wanted.sizes().stream()
                .sorted((a, b) -> Integer.compare(b.maxEdge(), a.maxEdge()))
                .toList();
    }
}
