package dev.darkroom.media.child;

import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Decodes in Java alone, with ImageIO, its TwelveMonkeys plug-ins and our own reader of PSD: what
/// libvips does not read, and everything on machines without it. Slower, and no HEIC.
final class ImageIoEngine implements Engine {

    private static final Set<String> TYPES =
            Set.of(
                    "image/jpeg",
                    "image/png",
                    "image/gif",
                    "image/webp",
                    "image/tiff",
                    "image/bmp",
                    "image/vnd.adobe.photoshop");

    /// Bytes that one decoded pixel may cost: 16-bit RGBA, and a converted copy of it that some
    /// decoders make.
    private static final long BYTES_PER_PIXEL = 16;

    /// Pixels that may be in memory at once.
    private final long comfortablePixels =
            Runtime.getRuntime().maxMemory() * 3 / 4 / BYTES_PER_PIXEL;

    private final List<Encoder> encoders;

    ImageIoEngine() {
        this(List.of());
    }

    /// @param more what writes the formats that Java does not
    ImageIoEngine(List<Encoder> more) {
        ImageIO.setUseCache(false);
        encoders = new ArrayList<>(more);
        encoders.add(new JavaEncoder());
    }

    @Override
    public String name() {
        return "Java ImageIO " + Runtime.version().feature();
    }

    @Override
    public Set<String> mimeTypes() {
        return TYPES;
    }

    @Override
    public boolean draws(RenderRequest wanted) {
        return wanted.sizes().stream()
                .allMatch(
                        size ->
                                encoders.stream()
                                        .anyMatch(one -> one.formats().contains(size.format())));
    }

    @Override
    public Rendered render(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia {
        List<Fitting> fittings = Fitting.of(wanted, header.width(), header.height());
        List<String> warnings = new ArrayList<>();
        int largest = fittings.getFirst().reach();
        BufferedImage decoded = decode(file, type, header, largest);
        Pixels picture = SrgbPixels.of(decoded, header.icc(), largest);
        int[] exact = Pixels.fit(header.width(), header.height(), largest);
        if (picture.width() != exact[0] || picture.height() != exact[1]) {
            picture = Resample.to(picture, exact[0], exact[1]);
        }
        if (header.truncated() && type.mimeType().equals("image/jpeg")) {
            warnings.add(PartialPicture.accept(picture));
        }
        picture = picture.upright(header.orientation());
        Map<String, Rendition> made = new HashMap<>();
        for (Fitting fitting : fittings) {
            picture = picture.fitted(fitting.reach());
            made.put(fitting.size().name(), rendition(picture, fitting, wanted));
        }
        List<Rendition> renditions =
                wanted.sizes().stream().map(size -> made.get(size.name())).toList();
        return new Rendered(renditions, ThumbHash.of(picture.fitted(100)), name(), warnings);
    }

    private Rendition rendition(Pixels picture, Fitting fitting, RenderRequest wanted) {
        RenderSize size = fitting.size();
        Pixels cut =
                fitting.isCut()
                        ? picture.middle(fitting.square(picture.width(), picture.height()))
                        : picture;
        byte[] bytes = encoder(size.format()).encode(cut, size.format(), wanted.qualityOf(size));
        return new Rendition(size.name(), cut.width(), cut.height(), bytes, size.format());
    }

    private Encoder encoder(PictureFormat format) {
        return encoders.stream()
                .filter(encoder -> encoder.formats().contains(format))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing here writes " + format));
    }

    private BufferedImage decode(
            MediaFile file, ContentType type, PictureHeader header, int largest)
            throws UnreadableMedia {
        if (type.format().equals("PSD")) {
            int edge = Math.max(header.width(), header.height());
            return PsdComposite.read(file, Math.max(1, edge * 2 / (3 * largest)));
        }
        String format = type.format();
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type.mimeType());
        if (!readers.hasNext()) {
            throw new UnreadableMedia("Java has no decoder for " + format + " pictures");
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(file.stream())) {
            reader.setInput(in, true, true);
            ImageReadParam parameters = reader.getDefaultReadParam();
            int step = step(header, largest);
            parameters.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, parameters);
        } catch (IOException | RuntimeException e) {
            String reason = Text.clean(String.valueOf(e.getMessage()), 300);
            throw new UnreadableMedia(format + " image data is corrupt: " + reason, e);
        } finally {
            reader.dispose();
        }
    }

    /// Reads every pixel while memory allows, as skipped ones alias; always leaves twice the
    /// largest size.
    private int step(PictureHeader header, int largest) {
        long pixels = (long) header.width() * header.height();
        int forMemory = (int) Math.ceil(Math.sqrt((double) pixels / comfortablePixels));
        int forQuality = Math.max(header.width(), header.height()) / (2 * largest);
        return Math.max(1, Math.min(forMemory, Math.max(1, forQuality)));
    }
}
