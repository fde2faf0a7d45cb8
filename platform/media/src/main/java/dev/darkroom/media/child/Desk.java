package dev.darkroom.media.child;

import dev.darkroom.media.Loop;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.SidecarFacts;
import dev.darkroom.media.UnreadableMedia;
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
    private final Recordings recordings;

    Desk(Request.Hello limits) {
        this.limits = limits;
        this.engines = Engines.load(limits.nativeDecoders());
        this.recordings = new Recordings(limits);
    }

    /// Reads and draws a picture of our own, so that the first real one meets warm code.
    Reply.Ready ready() {
        WarmUp.run(this);
        return new Reply.Ready(engines.byMimeType(), engines.missing());
    }

    Reply answer(Request request) {
        try {
            return switch (request) {
                case Request.Probe probe -> {
                    Faults.trigger(probe.file());
                    yield new Reply.Probed(probe(probe.file(), probe.withMetadata()));
                }
                case Request.Render render -> {
                    Faults.trigger(render.file());
                    yield new Reply.Drawn(render(render.file(), render.wanted()));
                }
                case Request.ReadSidecar sidecar -> {
                    Faults.trigger(sidecar.file());
                    yield new Reply.SidecarRead(sidecar(sidecar.file()));
                }
                case Request.Animate animate -> {
                    Faults.trigger(animate.file());
                    yield new Reply.Animated(animate(animate.file(), animate.maxEdge()));
                }
                case Request.Hello hello ->
                        throw new IllegalStateException("Hello comes once: " + hello);
            };
        } catch (UnreadableMedia e) {
            return new Reply.Unreadable(Text.clean(String.valueOf(e.getMessage()), 1_000));
        } catch (IOException e) {
            return new Reply.Inaccessible("the file cannot be opened: " + e);
        } catch (StackOverflowError e) {
            return new Reply.Unreadable("the file is corrupt: its structure is nested too deeply");
        } catch (RuntimeException e) {
            // Decoders answer corrupt data with any exception at all.
            return new Reply.Unreadable("the file is corrupt: " + Text.clean(e.toString(), 1_000));
        }
    }

    private MediaFacts probe(Path path, boolean withMetadata) throws IOException, UnreadableMedia {
        try (MediaFile file = MediaFile.open(path)) {
            ContentType type = ContentType.of(file);
            return Probe.facts(file, type, limits, withMetadata);
        }
    }

    private SidecarFacts sidecar(Path path) throws IOException, UnreadableMedia {
        try (MediaFile file = MediaFile.open(path)) {
            return Sidecar.facts(file, limits);
        }
    }

    private @Nullable Loop animate(Path path, int maxEdge) throws IOException, UnreadableMedia {
        try (MediaFile file = MediaFile.open(path)) {
            return recordings.animate(file, ContentType.of(file), maxEdge).orElse(null);
        }
    }

    private Rendered render(Path path, RenderRequest wanted) throws IOException, UnreadableMedia {
        try (MediaFile file = MediaFile.open(path)) {
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
