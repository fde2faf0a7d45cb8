package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import org.jspecify.annotations.Nullable;

/// The sections of a Photoshop file: what its header promises about the merged picture, where that
/// begins, and two of its resources.
///
/// @param mode of colour: 0 bitmap, 1 gray, 2 indexed, 3 RGB, 4 CMYK, 8 duotone, 9 Lab
/// @param palette where the colours of an indexed picture lie
/// @param data where the merged picture begins
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record PsdHeader(
        boolean large,
        int channels,
        int width,
        int height,
        int depth,
        int mode,
        int orientation,
        byte @Nullable [] icc,
        long palette,
        long data) {

    private static final int PROFILE = 1_039;
    private static final int EXIF = 1_058;
    private static final int MAX_RESOURCES = 10_000;
    private static final int MAX_PROFILE = 4 * 1024 * 1024;
    private static final int MAX_EDGE = 300_000;

    static PsdHeader of(MediaFile file) throws UnreadableMedia {
        int version = file.u16(4);
        long height = file.u32(14);
        long width = file.u32(18);
        int channels = file.u16(12);
        if (version != 1 && version != 2) {
            throw corrupt("there is no version " + version);
        }
        if (width < 1 || height < 1 || width > MAX_EDGE || height > MAX_EDGE) {
            throw corrupt("the picture has " + width + " x " + height + " pixels");
        }
        if (channels < 1 || channels > 56) {
            throw corrupt("the picture has " + channels + " channels");
        }
        boolean large = version == 2;
        long resources = 30 + Math.max(0, file.u32(26));
        long layers = resources + 4 + Math.max(0, file.u32(resources));
        long data =
                large
                        ? layers + 8 + Math.max(0, file.u64(layers, false))
                        : layers + 4 + Math.max(0, file.u32(layers));
        int orientation = 1;
        byte[] icc = null;
        long at = resources + 4;
        for (int i = 0; i < MAX_RESOURCES && at < layers && file.startsWith(at, "8BIM"); i++) {
            int name = Math.max(0, file.u8(at + 6)) + 1;
            long size = at + 6 + name + (name & 1);
            long length = Math.max(0, file.u32(size));
            int id = file.u16(at + 4);
            if (id == EXIF) {
                Tiff exif = Tiff.at(file, size + 4);
                orientation = (int) exif.number(exif.firstDirectory(), Tiff.ORIENTATION, 1);
            } else if (id == PROFILE && length < MAX_PROFILE && file.has(size + 4, length)) {
                icc = file.copy(size + 4, (int) length);
            }
            at = size + 4 + length + (length & 1);
        }
        return new PsdHeader(
                large,
                channels,
                (int) width,
                (int) height,
                file.u16(22),
                file.u16(24),
                orientation,
                icc,
                30,
                data);
    }

    PictureHeader picture() {
        return new PictureHeader(width, height, orientation, icc, false);
    }

    static UnreadableMedia corrupt(String reason) {
        return new UnreadableMedia("PSD is corrupt: " + reason);
    }
}
