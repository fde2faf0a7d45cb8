package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Decodes with libvips: fast, exact in colour, and the only engine that knows HEIC and AVIF.
///
/// The loader is chosen by our own look at the content, so libvips never guesses, and no other
/// loader can be reached.
final class VipsEngine implements Engine {

    private static final Map<String, String> LOADERS =
            Map.ofEntries(
                    Map.entry("image/jpeg", "jpegload_buffer"),
                    Map.entry("image/png", "pngload_buffer"),
                    Map.entry("image/webp", "webpload_buffer"),
                    Map.entry("image/gif", "gifload_buffer"),
                    Map.entry("image/tiff", "tiffload_buffer"),
                    Map.entry("image/heic", "heifload_buffer"),
                    Map.entry("image/heif", "heifload_buffer"),
                    Map.entry("image/avif", "heifload_buffer"),
                    Map.entry("image/jxl", "jxlload_buffer"),
                    Map.entry("image/jp2", "jp2kload_buffer"),
                    Map.entry(SvgHeader.TYPE, "svgload_buffer"));

    /// Loaders that libvips marks untrusted and that get what our own readers of headers have
    /// bounded. All others so marked stay blocked.
    private static final Map<String, String> ALLOWED =
            Map.of(
                    "jxlload_buffer", "VipsForeignLoadJxlBuffer",
                    "jp2kload_buffer", "VipsForeignLoadJp2kBuffer",
                    "svgload_buffer", "VipsForeignLoadSvgBuffer");

    /// How much larger than wanted a JPEG's coarse decode must be, so that the fine reduction after
    /// it stays sharp.
    private static final double SHRINK_MARGIN = 1.25;

    private static final int FAIL_NEVER = 0;
    private static final int FAIL_ON_ERROR = 2;

    private final VipsPicture.Library library;
    private final VipsEncoder encoder;
    private final Map<String, String> loaders = new TreeMap<>();

    VipsEngine(Vips vips) throws Vips.NotHere {
        library = new VipsPicture.Library(vips);
        encoder = new VipsEncoder(library);
        for (Map.Entry<String, String> one : LOADERS.entrySet()) {
            String loader = one.getValue();
            boolean wanted = !one.getKey().equals(SvgHeader.TYPE) || SvgHeader.ON;
            if (wanted && vips.has(loader)) {
                loaders.put(one.getKey(), loader);
                if (ALLOWED.containsKey(loader)) {
                    vips.allow(ALLOWED.get(loader));
                }
            }
        }
    }

    @Override
    public String name() {
        return "libvips " + library.vips().version();
    }

    @Override
    public Set<String> mimeTypes() {
        return loaders.keySet();
    }

    VipsEncoder encoder() {
        return encoder;
    }

    @Override
    public boolean draws(RenderRequest wanted) {
        return wanted.sizes().stream().allMatch(size -> encoder.formats().contains(size.format()));
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
        return new UnreadableMedia(type.format() + " image data is corrupt: " + inWords(e), e);
    }

    private Rendered draw(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia {
        List<Fitting> fittings = Fitting.of(wanted, header.width(), header.height());
        List<String> warnings = new ArrayList<>();
        Map<String, Rendition> made = new HashMap<>();
        VipsPicture picture = decode(file, type, header, fittings.getFirst().reach());
        try {
            if (header.truncated() && type.mimeType().equals("image/jpeg")) {
                warnings.add(PartialPicture.accept(picture.pixels()));
            }
            picture = replace(picture, upright(picture, turns(type, header)));
            for (Fitting fitting : fittings) {
                if (Math.max(picture.width(), picture.height()) > fitting.reach()) {
                    try (VipsPicture smaller = picture.fitted(fitting.reach(), false)) {
                        picture = replace(picture, smaller.inMemory());
                    }
                }
                made.put(fitting.size().name(), rendition(picture, fitting, wanted));
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
                switch (loader) {
                    case "jpegload_buffer" ->
                            new Object[] {"shrink", shrink(header, maxEdge), "fail_on", FAIL_NEVER};
                    case "svgload_buffer" -> {
                        int longer = Math.max(header.width(), header.height());
                        yield new Object[] {"scale", (double) maxEdge / longer};
                    }
                    default -> new Object[] {"fail_on", FAIL_ON_ERROR};
                };
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

    /// libheif and libjxl have turned their pictures already.
    private static int turns(ContentType type, PictureHeader header) {
        return switch (type.mimeType()) {
            case "image/heic", "image/heif", "image/avif", "image/jxl" -> 1;
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

    private Rendition rendition(VipsPicture picture, Fitting fitting, RenderRequest wanted) {
        if (picture.hasAlpha()) {
            try (VipsPicture opaque = picture.opaque()) {
                return rendition(opaque, fitting, wanted);
            }
        }
        if (fitting.isCut() && picture.width() != picture.height()) {
            int edge = fitting.square(picture.width(), picture.height());
            try (VipsPicture middle = picture.middle(edge)) {
                return rendition(middle, fitting, wanted);
            }
        }
        RenderSize size = fitting.size();
        byte[] bytes = encoder.encode(picture, size.format(), wanted.qualityOf(size));
        return new Rendition(size.name(), picture.width(), picture.height(), bytes, size.format());
    }

    /// The first line of libvips' complaint, without the names of its operations.
    private static String inWords(Vips.Failed failure) {
        String message = Text.clean(String.valueOf(failure.getMessage()), 500);
        return message.lines().findFirst().orElse("no reason given").replaceFirst("^\\w+: ", "");
    }
}
