package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.IsoBoxes.Box;

/// Reads the first bits of a JPEG XL codestream, bare or in boxes: size and orientation (ISO/IEC
/// 18181-1, annex D).
final class JxlHeader {

    /// Width by height, as the codestream's table has them; 0 says that the width is written out.
    private static final int[][] RATIOS = {
        {}, {1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}
    };

    private static final int[] SIZE_BITS = {9, 13, 18, 30};

    private final MediaFile file;
    private long bit;

    private JxlHeader(MediaFile file, long codestream) {
        this.file = file;
        this.bit = (codestream + 2) * 8;
    }

    static PictureHeader read(MediaFile file) throws UnreadableMedia {
        long codestream = codestream(file);
        if (codestream < 0 || file.u16(codestream) != 0xff0a) {
            throw new UnreadableMedia("JPEG XL is corrupt: it has no codestream");
        }
        return new JxlHeader(file, codestream).read();
    }

    private static long codestream(MediaFile file) {
        if (file.u16(0) == 0xff0a) {
            return 0;
        }
        for (Box box : IsoBoxes.of(file)) {
            if (box.type().equals("jxlc")) {
                return box.body();
            }
            if (box.type().equals("jxlp")) {
                return box.body() + 4; // after the part's number
            }
        }
        return -1;
    }

    private PictureHeader read() throws UnreadableMedia {
        boolean small = bits(1) == 1;
        int height = small ? (bits(5) + 1) * 8 : 1 + bits(SIZE_BITS[bits(2)]);
        int ratio = bits(3);
        long width;
        if (ratio == 0) {
            width = small ? (bits(5) + 1) * 8L : 1L + bits(SIZE_BITS[bits(2)]);
        } else {
            width = (long) height * RATIOS[ratio][0] / RATIOS[ratio][1];
        }
        boolean allDefault = bits(1) == 1;
        boolean extraFields = !allDefault && bits(1) == 1;
        int orientation = extraFields ? 1 + bits(3) : 1;
        if (!file.has(bit / 8, 1) || width < 1 || width > Integer.MAX_VALUE) {
            throw new UnreadableMedia("JPEG XL is cut off: its header is not all there");
        }
        return new PictureHeader((int) width, height, orientation);
    }

    /// The next bits, the lowest of each byte first; zeros after the end.
    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            int octet = Math.max(0, file.u8(bit / 8));
            value |= (octet >> (int) (bit % 8) & 1) << i;
        }
        return value;
    }
}
