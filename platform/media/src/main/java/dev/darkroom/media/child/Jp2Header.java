package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.IsoBoxes.Box;

/// Reads the SIZ segment of a JPEG 2000 codestream, bare or in boxes; what the boxes say of the
/// size does not count, as the decoder believes the codestream.
final class Jp2Header {

    private static final long START_AND_SIZE = 0xff4fff51L;
    private static final String EXIF = "JpgTiffExif->JP2";
    private static final int MAX_COMPONENTS = 16;

    private Jp2Header() {}

    static PictureHeader read(MediaFile file) throws UnreadableMedia {
        long codestream = codestream(file);
        if (file.u32(codestream) != START_AND_SIZE) {
            throw new UnreadableMedia("JPEG 2000 is corrupt: it has no codestream");
        }
        long size = codestream + 8;
        long width = file.u32(size) - file.u32(size + 8);
        long height = file.u32(size + 4) - file.u32(size + 12);
        long components = file.u16(codestream + 40);
        if (width < 1 || height < 1 || Math.max(width, height) > Integer.MAX_VALUE) {
            throw new UnreadableMedia(
                    "JPEG 2000 header is corrupt: the picture has %d x %d pixels"
                            .formatted(width, height));
        }
        if (components < 1 || components > MAX_COMPONENTS) {
            throw new UnreadableMedia(
                    "JPEG 2000 header is corrupt: the picture has " + components + " components");
        }
        return new PictureHeader((int) width, (int) height, orientation(file));
    }

    /// Of its EXIF, as no part of the format itself says it.
    private static int orientation(MediaFile file) {
        for (Box box : IsoBoxes.of(file)) {
            if (box.type().equals("uuid") && file.startsWith(box.body(), EXIF)) {
                Tiff exif = Tiff.at(file, box.body() + EXIF.length());
                return (int) exif.number(exif.firstDirectory(), Tiff.ORIENTATION, 1);
            }
        }
        return 1;
    }

    private static long codestream(MediaFile file) {
        return file.u32(0) == START_AND_SIZE
                ? 0
                : IsoBoxes.of(file).stream()
                        .filter(box -> box.type().equals("jp2c"))
                        .mapToLong(Box::body)
                        .findFirst()
                        .orElse(-1);
    }
}
