package dev.darkroom.media.wire;

import dev.darkroom.media.MediaLimits;
import dev.darkroom.media.RenderRequest;
import java.nio.file.Path;

/// What a parent asks of its child. The first request is always [Hello].
public sealed interface Request {

    /// Opens the conversation.
    ///
    /// @param version must equal [Frames#VERSION]
    /// @param maxPixels width times height above which a picture is refused
    /// @param maxTextBytes UTF-8 bytes in one metadata value
    /// @param maxTags metadata values per file
    /// @param nativeDecoders whether libvips may be loaded
    /// @param limits what else a file may promise
    record Hello(
            int version,
            long maxPixels,
            int maxTextBytes,
            int maxTags,
            boolean nativeDecoders,
            MediaLimits limits)
            implements Request {

        /// With the limits that nobody has changed.
        public Hello(
                int version,
                long maxPixels,
                int maxTextBytes,
                int maxTags,
                boolean nativeDecoders) {
            this(version, maxPixels, maxTextBytes, maxTags, nativeDecoders, MediaLimits.defaults());
        }
    }

    /// Asks what a file is.
    ///
    /// @param withMetadata false on the second try, after the metadata parser took a child down
    record Probe(Path file, boolean withMetadata) implements Request {}

    /// Asks what an XMP sidecar says.
    record ReadSidecar(Path file) implements Request {}

    /// Asks for pictures of a file.
    record Render(Path file, RenderRequest wanted) implements Request {}

    /// Asks for a short animation of a video.
    ///
    /// @param maxEdge the longer edge in pixels
    record Animate(Path file, int maxEdge) implements Request {}
}
