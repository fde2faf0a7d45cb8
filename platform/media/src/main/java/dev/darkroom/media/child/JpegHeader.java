package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Walks the segments of a JPEG file up to its picture data.
final class JpegHeader {

    private JpegHeader() {}

    static PictureHeader read(MediaFile file) throws UnreadableMedia {
        int width = 0;
        int height = 0;
        int orientation = 1;
        boolean progressive = false;
        long at = 2;
        while (file.has(at, 4)) {
            if (file.u8(at) != 0xff) {
                at++;
                continue;
            }
            int marker = file.u8(at + 1);
            if (marker == 0xff
                    || marker == 0
                    || marker == 1
                    || (marker >= 0xd0 && marker <= 0xd8)) {
                at += marker == 0xff ? 1 : 2;
                continue;
            }
            if (marker == 0xda || marker == 0xd9) {
                break;
            }
            if (marker == 0xe1 && file.startsWith(at + 4, "Exif\0\0")) {
                Tiff exif = Tiff.at(file, at + 10);
                orientation =
                        (int) exif.number(exif.firstDirectory(), Tiff.ORIENTATION, orientation);
            } else if (isFrame(marker)) {
                height = file.u16(at + 5);
                width = file.u16(at + 7);
                progressive = (marker & 3) == 2;
            }
            at += 2 + file.u16(at + 2);
        }
        if (width < 1 || height < 1) {
            throw new UnreadableMedia(
                    file.has(at, 4)
                            ? "JPEG header is corrupt: the picture has "
                                    + width
                                    + " x "
                                    + height
                                    + " pixels"
                            : "JPEG is cut off: it ends after "
                                    + file.size()
                                    + " bytes, before the picture begins");
        }
        return new PictureHeader(
                width, height, orientation, null, !endsProperly(file, at, progressive));
    }

    static boolean isFrame(int marker) {
        return marker >= 0xc0
                && marker <= 0xcf
                && marker != 0xc4
                && marker != 0xc8
                && marker != 0xcc;
    }

    /// Whether the end marker follows the picture data.
    private static boolean endsProperly(MediaFile file, long from, boolean progressive) {
        MemorySegment bytes = file.bytes();
        long last = bytes.byteSize() - 1;
        if (!progressive && file.u16(last - 1) == 0xffd9) {
            return true;
        }
        for (long at = from; at < last; at++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, at) != (byte) 0xff) {
                continue;
            }
            if (bytes.get(ValueLayout.JAVA_BYTE, at + 1) == (byte) 0xd9) {
                return true;
            }
        }
        return false;
    }
}
