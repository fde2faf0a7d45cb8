package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.jpeg.JpegDecoder;
import dev.darkroom.media.child.jpeg.JpegEncoder;
import dev.darkroom.media.child.jpeg.SmallPicture;
import dev.darkroom.media.child.jpeg.UnusualJpeg;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The fast path: what cameras write, decoded in Java straight to the wanted size.
///
/// Pictures that are cut off, damaged, progressive, CMYK or otherwise unusual are drawn by the
/// engine behind this one, which knows how to make the best of them.
final class JpegEngine implements Engine {

    private static final int HASHED_EDGE = 100;

    private final Engine behind;
    private final JpegDecoder decoder = new JpegDecoder();

    JpegEngine(Engine behind) {
        this.behind = behind;
    }

    @Override
    public String name() {
        return "Darkroom JPEG, else " + behind.name();
    }

    @Override
    public Set<String> mimeTypes() {
        return Set.of("image/jpeg");
    }

    @Override
    public Rendered render(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia {
        if (header.truncated()) {
            return behind.render(file, type, header, wanted);
        }
        try {
            return draw(
                    upright(file, header, Desk.descending(wanted).getFirst().maxEdge()), wanted);
        } catch (UnusualJpeg.TooDeep e) {
            throw tooDeep(e);
        } catch (UnusualJpeg e) {
            return behind.render(file, type, header, wanted);
        }
    }

    @Override
    public Pixels pixels(MediaFile file, ContentType type, PictureHeader header, int maxEdge)
            throws UnreadableMedia {
        if (header.truncated()) {
            return behind.pixels(file, type, header, maxEdge);
        }
        try {
            SmallPicture picture = fitted(upright(file, header, maxEdge), maxEdge);
            return new Pixels(picture.width(), picture.height(), picture.argb());
        } catch (UnusualJpeg.TooDeep e) {
            throw tooDeep(e);
        } catch (UnusualJpeg e) {
            return behind.pixels(file, type, header, maxEdge);
        }
    }

    private static UnreadableMedia tooDeep(UnusualJpeg.TooDeep e) {
        return new UnreadableMedia(
                "JPEG with " + e.getMessage() + " cannot be read; save it with 8 bits", e);
    }

    private SmallPicture upright(MediaFile file, PictureHeader header, int maxEdge)
            throws UnreadableMedia, UnusualJpeg {
        int[] size = Pixels.fit(header.width(), header.height(), maxEdge);
        int orientation = header.orientation();
        return decoder.decode(file.bytes(), size[0], size[1])
                .turned(Orientation.isMirrored(orientation), Orientation.quarterTurns(orientation));
    }

    private Rendered draw(SmallPicture decoded, RenderRequest wanted) {
        SmallPicture picture = decoded;
        Map<String, Rendition> made = new HashMap<>();
        for (RenderSize size : Desk.descending(wanted)) {
            picture = fitted(picture, size.maxEdge());
            byte[] jpeg = JpegEncoder.encode(picture, wanted.jpegQuality());
            made.put(
                    size.name(),
                    new Rendition(size.name(), picture.width(), picture.height(), jpeg));
        }
        SmallPicture hashed = fitted(picture, HASHED_EDGE);
        byte[] hash = ThumbHash.of(new Pixels(hashed.width(), hashed.height(), hashed.argb()));
        List<Rendition> renditions =
                wanted.sizes().stream().map(size -> made.get(size.name())).toList();
        return new Rendered(renditions, hash, "Darkroom JPEG", List.of());
    }

    private static SmallPicture fitted(SmallPicture picture, int maxEdge) {
        int[] size = Pixels.fit(picture.width(), picture.height(), maxEdge);
        return picture.resized(size[0], size[1]);
    }
}
