package dev.darkroom.media.child;

import dev.darkroom.media.PictureFormat;
import java.util.Set;

/// Something that writes small pictures, without any metadata.
interface Encoder {

    Set<PictureFormat> formats();

    /// The bytes of a file.
    ///
    /// @param format one of [#formats()]
    /// @param quality 1 to 100
    byte[] encode(Pixels picture, PictureFormat format, int quality);
}
