package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Decodes in Java alone, with ImageIO and its TwelveMonkeys plug-ins: for machines without
/// libvips. Slower, and no HEIC.
final class ImageIoEngine implements Engine {

    private static final Set<String> TYPES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/bmp");

    /// Bytes that one decoded pixel may cost: 16-bit RGBA, and a converted copy of it that some
    /// decoders make.
    private static final long BYTES_PER_PIXEL = 16;

    /// Pixels that may be in memory at once.
    private final long comfortablePixels =
            Runtime.getRuntime().maxMemory() * 3 / 4 / BYTES_PER_PIXEL;

    ImageIoEngine() {
        ImageIO.setUseCache(false);
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
    public Rendered render(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia {
        List<RenderSize> sizes = Desk.descending(wanted);
        List<String> warnings = new ArrayList<>();
        int largest = sizes.getFirst().maxEdge();
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
        for (RenderSize size : sizes) {
            picture = picture.fitted(size.maxEdge());
            byte[] jpeg = encode(picture.opaque(), wanted.jpegQuality());
            made.put(
                    size.name(),
                    new Rendition(size.name(), picture.width(), picture.height(), jpeg));
        }
        List<Rendition> renditions =
                wanted.sizes().stream().map(size -> made.get(size.name())).toList();
        return new Rendered(renditions, ThumbHash.of(picture.fitted(100)), name(), warnings);
    }

    private BufferedImage decode(
            MediaFile file, ContentType type, PictureHeader header, int largest)
            throws UnreadableMedia {
        String format = type.mimeType().substring("image/".length()).toUpperCase(Locale.ROOT);
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

    static byte[] encode(BufferedImage image, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType("image/jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * 1024);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            JPEGImageWriteParam parameters = new JPEGImageWriteParam(Locale.ROOT);
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            parameters.setOptimizeHuffmanTables(true);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
