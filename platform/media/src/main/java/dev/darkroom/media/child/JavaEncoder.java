package dev.darkroom.media.child;

import dev.darkroom.media.PictureFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Writes JPEG with Java's own encoder.
final class JavaEncoder implements Encoder {

    @Override
    public Set<PictureFormat> formats() {
        return Set.of(PictureFormat.JPEG);
    }

    @Override
    public byte[] encode(Pixels picture, PictureFormat format, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(format.mimeType()).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * 1024);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            JPEGImageWriteParam parameters = new JPEGImageWriteParam(Locale.ROOT);
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            parameters.setOptimizeHuffmanTables(true);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture.opaque(), null, null), parameters);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
