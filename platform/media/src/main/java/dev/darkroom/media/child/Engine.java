package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.UnreadableMedia;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;

/// Something that turns the bytes of a picture into renditions.
interface Engine {
    int BEST_QUALITY = 100;

    /// Name and version, as people report it in a bug.
    String name();

    /// The types that it decodes on this machine.
    Set<String> mimeTypes();

    /// Decodes once and draws every wanted size.
    ///
    /// @param header read and bounded already
    /// @throws UnreadableMedia when the picture data cannot be decoded
    Rendered render(MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia;

    /// Decodes a picture to the pixels of one size, upright. By way of a JPEG where an engine knows
    /// no shorter one.
    default Pixels pixels(MediaFile file, ContentType type, PictureHeader header, int maxEdge)
            throws UnreadableMedia {
        RenderRequest wanted =
                new RenderRequest(List.of(new RenderSize("pixels", maxEdge)), BEST_QUALITY);
        Rendered drawn = render(file, type, header, wanted);
        try {
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(drawn.renditions().getFirst().jpeg()));
            int width = image.getWidth();
            int height = image.getHeight();
            return new Pixels(width, height, image.getRGB(0, 0, width, height, null, 0, width));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }
}
