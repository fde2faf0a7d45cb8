package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Decodes with libvips: fast, exact in colour, and the only engine that knows HEIC and AVIF.
///
/// The loader is chosen by our own look at the content, so libvips never guesses, and no other
/// loader can be reached.
final class VipsEngine implements Engine {

    private static final Map<String, String> LOADERS =
            Map.of(
                    "image/jpeg", "jpegload_buffer",
                    "image/png", "pngload_buffer",
                    "image/webp", "webpload_buffer",
                    "image/gif", "gifload_buffer",
                    "image/tiff", "tiffload_buffer",
                    "image/heic", "heifload_buffer",
                    "image/heif", "heifload_buffer",
                    "image/avif", "heifload_buffer");

    /// How much larger than wanted a JPEG's coarse decode must be, so that the fine reduction after
    /// it stays sharp.
    private static final double SHRINK_MARGIN = 1.25;

    private static final int FAIL_NEVER = 0;
    private static final int FAIL_ON_ERROR = 2;

    private final VipsPicture.Library library;
    private final Map<String, String> loaders = new TreeMap<>();

    VipsEngine(Vips vips) throws Vips.NotHere {
        library = new VipsPicture.Library(vips);
        LOADERS.forEach(
                (type, loader) -> {
                    if (vips.has(loader)) {
                        loaders.put(type, loader);
                    }
                });
    }

    @Override
    public String name() {
        return "libvips " + library.vips().version();
    }

    @Override
    public Set<String> mimeTypes() {
        return loaders.keySet();
    }

    @Override
    public Rendered render(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia {
        library.vips().forgetErrors();
        try {
            return draw(file, type, header, wanted);
        } catch (Vips.Failed e) {
            throw corrupt(type, e);
        }
    }

    @Override
    public Pixels pixels(MediaFile file, ContentType type, PictureHeader header, int maxEdge)
            throws UnreadableMedia {
        library.vips().forgetErrors();
        try {
            VipsPicture picture = decode(file, type, header, maxEdge);
            try {
                if (header.truncated() && type.mimeType().equals("image/jpeg")) {
                    PartialPicture.accept(picture.pixels());
                }
                picture = replace(picture, upright(picture, turns(type, header)));
                return picture.pixels();
            } finally {
                picture.close();
            }
        } catch (Vips.Failed e) {
            throw corrupt(type, e);
        }
    }

    private static UnreadableMedia corrupt(ContentType type, Vips.Failed e) {
        String format = type.mimeType().substring("image/".length()).toUpperCase(Locale.ROOT);
        return new UnreadableMedia(format + " image data is corrupt: " + inWords(e), e);
    }

    private Rendered draw(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia {
        List<RenderSize> sizes = Desk.descending(wanted);
        List<String> warnings = new ArrayList<>();
        Map<String, Rendition> made = new HashMap<>();
        VipsPicture picture = decode(file, type, header, sizes.getFirst().maxEdge());
        try {
            if (header.truncated() && type.mimeType().equals("image/jpeg")) {
                warnings.add(PartialPicture.accept(picture.pixels()));
            }
            picture = replace(picture, upright(picture, turns(type, header)));
            for (RenderSize size : sizes) {
                if (Math.max(picture.width(), picture.height()) > size.maxEdge()) {
                    try (VipsPicture smaller = picture.fitted(size.maxEdge(), false)) {
                        picture = replace(picture, smaller.inMemory());
                    }
                }
                made.put(size.name(), rendition(picture, size.name(), wanted.jpegQuality()));
            }
            byte[] hash;
            try (VipsPicture small = picture.fitted(100, false)) {
                hash = ThumbHash.of(small.pixels());
            }
            List<Rendition> renditions =
                    wanted.sizes().stream().map(size -> made.get(size.name())).toList();
            return new Rendered(renditions, hash, name(), warnings);
        } finally {
            picture.close();
        }
    }

    private static VipsPicture replace(VipsPicture old, VipsPicture fresh) {
        if (old != fresh) {
            old.close();
        }
        return fresh;
    }

    /// The largest wanted size in 8-bit sRGB, all pixels computed, as stored: not yet upright.
    private VipsPicture decode(
            MediaFile file, ContentType type, PictureHeader header, int maxEdge) {
        String loader = String.valueOf(loaders.get(type.mimeType()));
        Object[] options =
                loader.startsWith("jpeg")
                        ? new Object[] {"shrink", shrink(header, maxEdge), "fail_on", FAIL_NEVER}
                        : new Object[] {"fail_on", FAIL_ON_ERROR};
        try (VipsPicture source = library.load(loader, file.bytes(), options);
                VipsPicture fitted = source.fitted(maxEdge, source.hasProfile());
                VipsPicture srgb = fitted.srgb()) {
            return srgb.inMemory();
        }
    }

    /// libjpeg decodes to a half, a quarter or an eighth for almost nothing.
    private static int shrink(PictureHeader header, int maxEdge) {
        int longer = Math.max(header.width(), header.height());
        int shrink = 8;
        while (shrink > 1 && longer < shrink * maxEdge * SHRINK_MARGIN) {
            shrink /= 2;
        }
        return shrink;
    }

    /// libheif has turned its pictures already.
    private static int turns(ContentType type, PictureHeader header) {
        return switch (type.mimeType()) {
            case "image/heic", "image/heif", "image/avif" -> 1;
            default -> header.orientation();
        };
    }

    private static VipsPicture upright(VipsPicture picture, int orientation) {
        if (orientation == 1) {
            return picture;
        }
        VipsPicture mirrored = Orientation.isMirrored(orientation) ? picture.mirrored() : picture;
        try (VipsPicture turned = mirrored.turnedRight(Orientation.quarterTurns(orientation))) {
            return turned.inMemory();
        } finally {
            if (mirrored != picture) {
                mirrored.close();
            }
        }
    }

    private static Rendition rendition(VipsPicture picture, String name, int quality) {
        int width = picture.width();
        int height = picture.height();
        if (!picture.hasAlpha()) {
            return new Rendition(name, width, height, picture.jpeg(quality));
        }
        try (VipsPicture opaque = picture.opaque()) {
            return new Rendition(name, width, height, opaque.jpeg(quality));
        }
    }

    /// The first line of libvips' complaint, without the names of its operations.
    private static String inWords(Vips.Failed failure) {
        String message = Text.clean(String.valueOf(failure.getMessage()), 500);
        return message.lines().findFirst().orElse("no reason given").replaceFirst("^\\w+: ", "");
    }
}
