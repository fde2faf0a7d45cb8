package dev.darkroom.media.wire;

import dev.darkroom.media.Loop;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.media.SidecarFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a child answers. [Ready] answers [Request.Hello]; every later request has exactly one
/// reply.
public sealed interface Reply {

    /// The child is warm.
    ///
    /// @param engineByMimeType what it can decode, and with what
    /// @param outputs what it can write
    /// @param missing formats it would know but for a missing library
    /// @param confinement what it gave away before, one sentence per measure; empty where the pool
    ///   did not ask for it
    /// @param takesFiles whether it opens nothing itself: each later request comes with its file
    record Ready(
            Map<String, String> engineByMimeType,
            Set<PictureFormat> outputs,
            List<String> missing,
            List<String> confinement,
            boolean takesFiles)
            implements Reply {
        public Ready {
            outputs = Set.copyOf(outputs);
        }
    }

    /// Answers [Request.Probe].
    record Probed(MediaFacts facts) implements Reply {}

    /// Answers [Request.ReadSidecar].
    record SidecarRead(SidecarFacts facts) implements Reply {}

    /// Answers [Request.ReadPixels].
    record PixelsRead(RgbPicture picture) implements Reply {}

    /// Answers [Request.Render].
    record Drawn(Rendered rendered) implements Reply {}

    /// Answers [Request.Animate].
    ///
    /// @param loop null when nothing in it moves
    record Animated(@Nullable Loop loop) implements Reply {}

    /// The file itself is at fault.
    record Unreadable(String reason) implements Reply {}

    /// Nothing here reads such files; the reason says what to install.
    record NoDecoder(String reason) implements Reply {}

    /// This child reads no such files, but another one does.
    record Elsewhere() implements Reply {}

    /// The file could not be opened or read; a matter of the disk, not of its content.
    record Inaccessible(String reason) implements Reply {}
}
