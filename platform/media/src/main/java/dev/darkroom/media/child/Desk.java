package dev.darkroom.media.child;

import dev.darkroom.media.Fit;
import dev.darkroom.media.Loop;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.MissingDecoder;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.RgbPicture;
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

    /// Pixels are not written as a file.
    private static final int ANY_QUALITY = 80;

    private static final String REPAIR =
            "; take the file from where it came once more, or open and save it in another program";

    private final Request.Hello limits;
    private final Engines engines;
    private final Recordings recordings;
    private @Nullable OpenFile handed;

    Desk(Request.Hello limits) {
        this.limits = limits;
        this.engines = limits.ownCodeOnly() ? Engines.own() : Engines.load(limits.nativeDecoders());
        this.recordings = new Recordings(limits, engines);
    }

    /// Reads and draws a picture of our own, so that the first real one meets warm code.
    ///
    /// @param confinement what has been taken from this process so far
    /// @param takesFiles whether files are handed over from then on
    Reply.Ready ready(List<String> confinement, boolean takesFiles) {
        WarmUp.run(this, limits.nativeDecoders() && !limits.ownCodeOnly() ? Fit.COVER : Fit.INSIDE);
        List<String> all = new ArrayList<>(confinement);
        if (!confinement.isEmpty()) {
            all.add(Sandbox.forbidProcesses());
        }
        return new Reply.Ready(
                engines.byMimeType(), engines.outputs(), engines.missing(), all, takesFiles);
    }

    Engines engines() {
        return engines;
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
                case Request.ReadPixels pixels ->
                        new Reply.PixelsRead(pixels(pixels.file(), pixels.maxEdge()));
                case Request.Hello hello ->
                        throw new IllegalStateException("Hello comes once: " + hello);
            };
        } catch (Elsewhere.Wanted e) {
            return new Reply.Elsewhere();
        } catch (MissingDecoder e) {
            return new Reply.NoDecoder(Text.clean(String.valueOf(e.getMessage()), 1_000));
        } catch (UnreadableMedia e) {
            return new Reply.Unreadable(Text.clean(inWords(e), 1_000));
        } catch (IOException e) {
            return new Reply.Inaccessible("the file cannot be opened: " + e);
        } catch (StackOverflowError e) {
            return new Reply.Unreadable(
                    "the file is corrupt: its structure is nested too deeply" + REPAIR);
        } catch (RuntimeException e) {
            // Decoders answer corrupt data with any exception at all.
            return new Reply.Unreadable(
                    "the file is corrupt: " + Text.clean(e.toString(), 1_000) + REPAIR);
        }
    }

    /// A decoder that gets no memory says that the file is corrupt; what to do about one that is so
    /// is the same for all formats.
    private static String inWords(UnreadableMedia refused) {
        String reason = String.valueOf(refused.getMessage());
        boolean starved =
                reason.contains("Insufficient memory")
                        || reason.contains("out of memory")
                        || reason.contains("unable to allocate");
        if (!starved) {
            return reason.contains("corrupt") ? reason + REPAIR : reason;
        }
        return "it needs more memory than one file may have ("
                + reason
                + "); raise darkroom.media.memory-limit if such files are worth it";
    }

    /// A camera's raw file is its preview, which is a JPEG.
    private void sendElsewhereUnlessOurs(ContentType type) {
        if (!type.equals(ContentType.JPEG) && !type.isRaw()) {
            sendElsewhere();
        }
    }

    private void sendElsewhere() {
        if (limits.ownCodeOnly()) {
            throw new Elsewhere.Wanted();
        }
    }

    private MediaFile open(Path path) throws IOException, UnreadableMedia {
        return handed == null ? MediaFile.open(path) : MediaFile.of(path, handed);
    }

    private MediaFacts probe(Path path, boolean withMetadata) throws IOException, UnreadableMedia {
        try (MediaFile file = open(path)) {
            ContentType type = ContentType.of(file);
            if (type.kind() != MediaKind.PHOTO) {
                sendElsewhere();
            }
            return Probe.facts(file, type, limits, withMetadata);
        }
    }

    private SidecarFacts sidecar(Path path) throws IOException, UnreadableMedia {
        try (MediaFile file = open(path)) {
            return Sidecar.facts(file, limits);
        }
    }

    private @Nullable Loop animate(Path path, int maxEdge) throws IOException, UnreadableMedia {
        sendElsewhere();
        try (MediaFile file = open(path)) {
            return recordings.animate(file, ContentType.of(file), maxEdge).orElse(null);
        }
    }

    private Rendered render(Path path, RenderRequest wanted) throws IOException, UnreadableMedia {
        try (MediaFile file = open(path)) {
            ContentType type = ContentType.of(file);
            sendElsewhereUnlessOurs(type);
            return type.kind() == MediaKind.PHOTO
                    ? draw(file, type, wanted)
                    : recordings.draw(
                            file,
                            type,
                            wanted,
                            cover -> draw(cover, ContentType.of(cover), wanted));
        }
    }

    private RgbPicture pixels(Path path, int maxEdge) throws IOException, UnreadableMedia {
        try (MediaFile file = open(path)) {
            ContentType type = ContentType.of(file);
            sendElsewhereUnlessOurs(type);
            Pixels pixels = pixels(file, type, maxEdge);
            return new RgbPicture(pixels.width(), pixels.height(), pixels.rgb());
        }
    }

    private Pixels pixels(MediaFile file, ContentType type, int maxEdge) throws UnreadableMedia {
        requirePicture(type);
        if (type.isRaw()) {
            RawPreview preview = RawPreview.largest(file, type);
            return pixels(preview.jpeg(), ContentType.JPEG, preview.header(), maxEdge);
        }
        return pixels(file, type, PictureHeader.of(file, type), maxEdge);
    }

    /// As for a picture that is drawn, another engine may make more of a damaged JPEG.
    private Pixels pixels(MediaFile file, ContentType type, PictureHeader header, int maxEdge)
            throws UnreadableMedia {
        RenderRequest wanted =
                new RenderRequest(List.of(new RenderSize("pixels", maxEdge)), ANY_QUALITY);
        Engine first = engines.forType(type.mimeType(), wanted);
        requireBounded(file, type, header);
        try {
            return first.pixels(file, type, header, maxEdge);
        } catch (UnreadableMedia refused) {
            Optional<Engine> other = engines.secondOpinion(type.mimeType(), first, wanted);
            if (!type.equals(ContentType.JPEG) || other.isEmpty()) {
                throw refused;
            }
            return other.get().pixels(file, type, header, maxEdge);
        }
    }

    Rendered draw(MediaFile file, ContentType type, RenderRequest wanted) throws UnreadableMedia {
        requirePicture(type);
        if (type.isRaw()) {
            RawPreview preview = RawPreview.largest(file, type);
            Rendered rendered = draw(preview.jpeg(), ContentType.JPEG, preview.header(), wanted);
            return preview.isSmallerThan(wanted)
                    ? withWarning(rendered, preview.smallness())
                    : rendered;
        }
        return draw(file, type, PictureHeader.of(file, type), wanted);
    }

    private Rendered draw(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia {
        Engine engine = engines.forType(type.mimeType(), wanted);
        requireBounded(file, type, header);
        try {
            return engine.render(file, type, header, wanted);
        } catch (UnreadableMedia refused) {
            return drawDamaged(file, type, header, wanted, engine, refused);
        }
    }

    private static void requirePicture(ContentType type) throws UnreadableMedia {
        if (type.kind() != MediaKind.PHOTO) {
            throw new UnreadableMedia("this is no picture but " + type.mimeType());
        }
    }

    /// Looks at what the file promises before any decoder believes it.
    private void requireBounded(MediaFile file, ContentType type, PictureHeader header)
            throws UnreadableMedia {
        header.requireAtMost(limits.maxPixels());
        Promises.checkPicture(header, limits.limits());
        Promises.check(file, type, limits.limits());
        if (type.equals(ContentType.JPEG)) {
            JpegFrame.requireDecodable(file);
        }
        WholePicture.requireRoom(file, type, header);
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
        Optional<Engine> other = engines.secondOpinion(type.mimeType(), first, wanted);
        if (!type.equals(ContentType.JPEG) || other.isEmpty()) {
            throw refused;
        }
        try {
            return withWarning(
                    other.get().render(file, type, header, wanted),
                    "the picture data is damaged, parts of it may look wrong: "
                            + refused.getMessage());
        } catch (UnreadableMedia again) {
            refused.addSuppressed(again);
            throw refused;
        }
    }

    private static Rendered withWarning(Rendered rendered, String warning) {
        List<String> warnings = new ArrayList<>(rendered.warnings());
        warnings.add(warning);
        return new Rendered(
                rendered.renditions(), rendered.thumbHash(), rendered.engine(), warnings);
    }
}
