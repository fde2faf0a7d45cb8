package dev.darkroom.media.child.jpeg;

import java.lang.foreign.MemorySegment;

/// Reads a JPEG straight to a small picture in sRGB.
public interface JpegReader {

    /// As people report it in a bug.
    String name();

    /// A picture of exactly that size, as stored: not yet upright.
    ///
    /// @param width not more than the stored picture's
    /// @param height not more than the stored picture's
    /// @throws UnusualJpeg when another reader should try
    SmallPicture read(MemorySegment file, int width, int height) throws UnusualJpeg;
}
