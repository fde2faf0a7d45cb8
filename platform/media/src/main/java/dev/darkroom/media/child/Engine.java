package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.UnreadableMedia;
import java.util.Set;

/// Something that turns the bytes of a picture into renditions.
interface Engine {

    /// Name and version, as people report it in a bug.
    String name();

    /// The types that it decodes on this machine.
    Set<String> mimeTypes();

    /// Whether it can draw all that is wanted; without a word on it, plain JPEGs.
    default boolean draws(RenderRequest wanted) {
        return wanted.isPlain();
    }

    /// Decodes once and draws every wanted size.
    ///
    /// @param header read and bounded already
    /// @throws UnreadableMedia when the picture data cannot be decoded
    Rendered render(MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted)
            throws UnreadableMedia;
}
