package dev.darkroom.media.child;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.Rendered;
import java.util.Set;

/// Stands in a child of our own code where others have native decoders for the JPEGs that ours does
/// not read, and sends whoever asks to one of those children.
final class Elsewhere implements Engine {

    /// Another child is to read the file.
    static final class Wanted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wanted() {
            super("another child reads this file", null, false, false);
        }
    }

    @Override
    public String name() {
        return "another child";
    }

    @Override
    public Set<String> mimeTypes() {
        return Set.of(ContentType.JPEG.mimeType());
    }

    @Override
    public boolean draws(RenderRequest wanted) {
        return true;
    }

    @Override
    public Rendered render(
            MediaFile file, ContentType type, PictureHeader header, RenderRequest wanted) {
        throw new Wanted();
    }

    @Override
    public Pixels pixels(MediaFile file, ContentType type, PictureHeader header, int maxEdge) {
        throw new Wanted();
    }
}
