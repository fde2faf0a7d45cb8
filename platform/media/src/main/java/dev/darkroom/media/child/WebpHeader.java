package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;

/// Reads the chunks of a WebP file that say how large and which way up the picture is.
final class WebpHeader {

    private static final int MAX_CHUNKS = 100_000;

    private WebpHeader() {}

    static PictureHeader read(MediaFile file) throws UnreadableMedia {
        int width = 0;
        int height = 0;
        int orientation = 1;
        long at = 12;
        for (int i = 0; file.has(at, 8) && i < MAX_CHUNKS; i++) {
            long length = file.u32(at + 4, true);
            long body = at + 8;
            switch (file.text(at, 4)) {
                case "VP8X" -> {
                    width = 1 + (file.u16(body + 4, true) | file.u8(body + 6) << 16);
                    height = 1 + (file.u16(body + 7, true) | file.u8(body + 9) << 16);
                }
                case "VP8 " -> {
                    if (width == 0) {
                        width = file.u16(body + 6, true) & 0x3fff;
                        height = file.u16(body + 8, true) & 0x3fff;
                    }
                }
                case "VP8L" -> {
                    if (width == 0) {
                        long bits = file.u32(body + 1, true);
                        width = 1 + (int) (bits & 0x3fff);
                        height = 1 + (int) (bits >> 14 & 0x3fff);
                    }
                }
                case "EXIF" -> {
                    Tiff exif = Tiff.at(file, file.startsWith(body, "Exif\0\0") ? body + 6 : body);
                    orientation = (int) exif.number(exif.firstDirectory(), Tiff.ORIENTATION, 1);
                }
                default -> {}
            }
            at = body + length + (length & 1);
        }
        return new PictureHeader(width, height, orientation).requirePixels("WebP");
    }
}
