package dev.darkroom.media.child;

import java.util.List;

/// Fujifilm's RAW: a header of fixed places, a JPEG with all the metadata, and the sensor's data.
final class Raf {

    private static final int JPEG_OFFSET = 84;
    private static final int DIRECTORY_OFFSET = 92;
    private static final int FULL_SIZE = 0x100;
    private static final int CROPPED_SIZE = 0x111;
    private static final int MAX_ENTRIES = 256;

    private Raf() {}

    static List<Block> previews(MediaFile file) {
        return List.of(new Block(file.u32(JPEG_OFFSET), file.u32(JPEG_OFFSET + 4)));
    }

    /// Size from Fujifilm's directory, orientation from the JPEG's EXIF.
    static PictureHeader header(MediaFile file) {
        long directory = file.u32(DIRECTORY_OFFSET);
        long at = directory + 4;
        int width = 0;
        int height = 0;
        for (long i = 0; directory > 0 && i < Math.min(MAX_ENTRIES, file.u32(directory)); i++) {
            int tag = file.u16(at);
            if (tag == CROPPED_SIZE || (tag == FULL_SIZE && width == 0)) {
                height = Math.max(0, file.u16(at + 4));
                width = Math.max(0, file.u16(at + 6));
            }
            at += 4 + Math.max(0, file.u16(at + 2));
        }
        return new PictureHeader(width, height, orientation(file));
    }

    private static int orientation(MediaFile file) {
        long jpeg = file.u32(JPEG_OFFSET);
        if (file.u16(jpeg) != 0xffd8
                || file.u16(jpeg + 2) != 0xffe1
                || !file.startsWith(jpeg + 6, "Exif\0\0")) {
            return 1;
        }
        Tiff exif = Tiff.at(file, jpeg + 12);
        return (int) exif.number(exif.firstDirectory(), Tiff.ORIENTATION, 1);
    }
}
