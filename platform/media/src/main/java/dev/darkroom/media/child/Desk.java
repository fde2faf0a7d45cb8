package dev.darkroom.media.child;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.media.SidecarFacts;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers one request after the other. Whatever a file does, short of exhausting the heap, becomes
/// a reply.
final class Desk {

    private final Request.Hello limits;
    private final Engines engines;

    Desk(Request.Hello limits) {
        this.limits = limits;
        this.engines = Engines.load(limits.nativeDecoders());
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
                case Request.ReadPixels pixels -> {
                    Faults.trigger(pixels.file());
                    yield new Reply.PixelsRead(pixels(pixels.file(), pixels.maxEdge()));
                }
                case Request.ReadSidecar sidecar -> {
                    Faults.trigger(sidecar.file());
                    yield new Reply.SidecarRead(sidecar(sidecar.file()));
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

    private Rendered render(Path path, RenderRequest wanted) throws IOException, UnreadableMedia {
        try (MediaFile file = MediaFile.open(path)) {
            ContentType type = ContentType.of(file);
            return draw(file, type, wanted);
        }
    }

    private RgbPicture pixels(Path path, int maxEdge) throws IOException, UnreadableMedia {
        try (MediaFile file = MediaFile.open(path)) {
            ContentType type = ContentType.of(file);
            Engine engine = engineFor(type);
            PictureHeader header = PictureHeader.of(file, type);
            header.requireAtMost(limits.maxPixels());
            Pixels pixels = pixels(file, type, header, maxEdge, engine);
            return new RgbPicture(pixels.width(), pixels.height(), pixels.rgb());
        }
    }

    /// As for a picture that is drawn, another engine may make more of a damaged JPEG.
    private Pixels pixels(
            MediaFile file, ContentType type, PictureHeader header, int maxEdge, Engine first)
            throws UnreadableMedia {
        try {
            return first.pixels(file, type, header, maxEdge);
        } catch (UnreadableMedia refused) {
            Optional<Engine> other = engines.secondOpinion(type.mimeType(), first);
            if (!type.mimeType().equals("image/jpeg") || other.isEmpty()) {
                throw refused;
            }
            return other.get().pixels(file, type, header, maxEdge);
        }
    }

    Rendered draw(MediaFile file, ContentType type, RenderRequest wanted) throws UnreadableMedia {
        Engine engine = engineFor(type);
        PictureHeader header = PictureHeader.of(file, type);
        header.requireAtMost(limits.maxPixels());
        try {
            return engine.render(file, type, header, wanted);
        } catch (UnreadableMedia refused) {
            return drawDamaged(file, type, header, wanted, engine, refused);
        }
    }

    private Engine engineFor(ContentType type) throws UnreadableMedia {
        if (type.kind() != MediaKind.PHOTO) {
            throw new UnreadableMedia("no picture can be made from " + type.mimeType() + " yet");
        }
        if (type.isRaw()) {
            throw new UnreadableMedia(
                    "no picture can be made from camera RAW (" + type.mimeType() + ") yet");
        }
        return engines.forType(type.mimeType());
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
