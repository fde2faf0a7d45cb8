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
    /// @param nativeDecoders whether libvips and FFmpeg may be loaded
    /// @param ownCodeOnly whether this child reads nothing but what our own code decodes, and
    ///   leaves the rest to another child
    /// @param limits what else a file may promise
    record Hello(
            int version,
            long maxPixels,
            int maxTextBytes,
            int maxTags,
            boolean nativeDecoders,
            boolean ownCodeOnly,
            MediaLimits limits)
            implements Request {

        /// One that reads every file, with the limits that nobody has changed.
        public Hello(
                int version,
                long maxPixels,
                int maxTextBytes,
                int maxTags,
                boolean nativeDecoders) {
            this(
                    version,
                    maxPixels,
                    maxTextBytes,
                    maxTags,
                    nativeDecoders,
                    false,
                    MediaLimits.defaults());
        }
    }

    /// Asks what a file is.
    ///
    /// @param withMetadata false on the second try, after the metadata parser took a child down
    record Probe(Path file, boolean withMetadata) implements Request {}

    /// Asks what an XMP sidecar says.
    record ReadSidecar(Path file) implements Request {}

    /// Asks for the pixels of a picture, fitted into a square.
    record ReadPixels(Path file, int maxEdge) implements Request {}

    /// Asks for pictures of a file.
    record Render(Path file, RenderRequest wanted) implements Request {}

    /// Asks for a short animation of a video.
    ///
    /// @param maxEdge the longer edge in pixels
    record Animate(Path file, int maxEdge) implements Request {}
}
