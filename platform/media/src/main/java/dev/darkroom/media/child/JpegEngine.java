package dev.darkroom.media.child;

import dev.darkroom.media.Fit;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.jpeg.JpegEncoder;
import dev.darkroom.media.child.jpeg.JpegReader;
import dev.darkroom.media.child.jpeg.SmallPicture;
import dev.darkroom.media.child.jpeg.UnusualJpeg;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fast path: what cameras write, decoded straight to the wanted size, in Java first.
///
/// Pictures that are cut off, damaged, CMYK or otherwise unusual are drawn by the engine behind
/// this one, which knows how to make the best of them.
final class JpegEngine implements Engine {

    private static final int HASHED_EDGE = 100;

    /// Larger renditions are for the engine behind: all symbols of one are in memory at once.
    private static final int LARGEST_EDGE = 2_048;

    private final List<JpegReader> readers;
    private final Engine behind;

    /// @param readers which are tried in this order
    JpegEngine(List<JpegReader> readers, Engine behind) {
        this.readers = List.copyOf(readers);
        this.behind = behind;
    }

    @Override
    public String name() {
        return Stream.concat(readers.stream().map(JpegReader::name), Stream.of(behind.name()))
                .collect(Collectors.joining(", else "));
    }

    @Override
    public Set<String> mimeTypes() {
        return Set.of("image/jpeg");
    }

    @Override
    public boolean draws(RenderRequest wanted) {
        return wanted.sizes().stream()
                .allMatch(size -> size.fit() == Fit.INSIDE && size.format() == PictureFormat.JPEG);
    }

    @Override
    public Rendered render(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia {
        Optional<Drawn> drawn = read(file, header, fittings(wanted, header).getFirst().reach());
        return drawn.isPresent()
                ? draw(drawn.get(), header, wanted)
                : behind.render(file, type, header, wanted);
    }

    @Override
    public Pixels pixels(MediaFile file, ContentType type, PictureHeader header, int maxEdge)
            throws UnreadableMedia {
        Optional<Drawn> drawn = read(file, header, maxEdge);
        if (drawn.isEmpty()) {
            return behind.pixels(file, type, header, maxEdge);
        }
        SmallPicture picture = fitted(drawn.get().picture(), maxEdge);
        return new Pixels(picture.width(), picture.height(), picture.argb());
    }

    /// @param reader the one that has drawn it
    private record Drawn(SmallPicture picture, String reader) {}

    /// The picture upright; empty when it is for the engine behind.
    private Optional<Drawn> read(MediaFile file, PictureHeader header, int maxEdge)
            throws UnreadableMedia {
        if (header.truncated() || maxEdge > LARGEST_EDGE) {
            return Optional.empty();
        }
        int[] size = Pixels.fit(header.width(), header.height(), maxEdge);
        for (JpegReader reader : readers) {
            try {
                SmallPicture picture = reader.read(file.bytes(), size[0], size[1]);
                return Optional.of(new Drawn(upright(picture, header), reader.name()));
            } catch (UnusualJpeg.TooDeep e) {
                throw tooDeep(e);
            } catch (UnusualJpeg _) {
                // for the next one
            }
        }
        return Optional.empty();
    }

    private static UnreadableMedia tooDeep(UnusualJpeg.TooDeep e) {
        return new UnreadableMedia(
                "JPEG with " + e.getMessage() + " cannot be read; save it with 8 bits", e);
    }

    private static SmallPicture upright(SmallPicture decoded, PictureHeader header) {
        int orientation = header.orientation();
        return decoded.turned(
                Orientation.isMirrored(orientation), Orientation.quarterTurns(orientation));
    }

    private static List<Fitting> fittings(RenderRequest wanted, PictureHeader header) {
        return Fitting.of(wanted, header.width(), header.height());
    }

    private static Rendered draw(Drawn drawn, PictureHeader header, RenderRequest wanted) {
        SmallPicture picture = drawn.picture();
        Map<String, Rendition> made = new HashMap<>();
        for (Fitting fitting : fittings(wanted, header)) {
            RenderSize size = fitting.size();
            picture = fitted(picture, fitting.reach());
            byte[] jpeg = JpegEncoder.encode(picture, wanted.qualityOf(size));
            made.put(
                    size.name(),
                    new Rendition(size.name(), picture.width(), picture.height(), jpeg));
        }
        SmallPicture hashed = fitted(picture, HASHED_EDGE);
        byte[] hash = ThumbHash.of(new Pixels(hashed.width(), hashed.height(), hashed.argb()));
        List<Rendition> renditions =
                wanted.sizes().stream().map(size -> made.get(size.name())).toList();
        return new Rendered(renditions, hash, drawn.reader(), List.of());
    }

    private static SmallPicture fitted(SmallPicture picture, int maxEdge) {
        int[] size = Pixels.fit(picture.width(), picture.height(), maxEdge);
        return picture.resized(size[0], size[1]);
    }
}
