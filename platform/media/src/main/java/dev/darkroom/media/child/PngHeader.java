package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Walks all chunks of a PNG file and checks their sums; decoders differ in what they let pass.
final class PngHeader {

    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final int MAX_PROFILE = 4 * 1024 * 1024;

    private PngHeader() {}

    static PictureHeader read(MediaFile file) throws UnreadableMedia {
        if (!file.startsWith(0, SIGNATURE)) {
            throw corrupt(
                    "its signature is damaged, as happens when a file is transferred as text");
        }
        if (!file.startsWith(12, "IHDR") || file.u32(8) != 13) {
            throw corrupt("its first chunk is not IHDR");
        }
        long width = file.u32(16);
        long height = file.u32(20);
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw corrupt("the picture has " + width + " x " + height + " pixels");
        }
        checkDepth(file.u8(24), file.u8(25));
        int orientation = 1;
        byte[] icc = null;
        boolean data = false;
        boolean end = false;
        long at = 8;
        while (!end && file.has(at, 8)) {
            long length = file.u32(at);
            String type = file.text(at + 4, 4);
            if (!file.has(at + 8, length + 4)) {
                break;
            }
            checkSum(file, at, length, type);
            switch (type) {
                case "IDAT" -> data = true;
                case "IEND" -> end = true;
                case "eXIf" -> {
                    Tiff exif = Tiff.at(file, at + 8);
                    orientation = (int) exif.number(exif.firstDirectory(), Tiff.ORIENTATION, 1);
                }
                case "iCCP" -> icc = profile(file, at + 8, (int) length);
                default -> {}
            }
            at += 12 + length;
        }
        if (end && !data) {
            throw corrupt("it has no picture data (IDAT chunk)");
        }
        return new PictureHeader((int) width, (int) height, orientation, icc, !end);
    }

    private static void checkDepth(int depth, int colour) throws UnreadableMedia {
        boolean valid =
                switch (colour) {
                    case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                    case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                    case 2, 4, 6 -> depth == 8 || depth == 16;
                    default -> throw corrupt("there is no colour type " + colour);
                };
        if (!valid) {
            throw corrupt("colour type " + colour + " cannot have " + depth + " bits per sample");
        }
    }

    private static void checkSum(MediaFile file, long at, long length, String type)
            throws UnreadableMedia {
        CRC32 sum = new CRC32();
        sum.update(file.bytes().asSlice(at + 4, length + 4).asByteBuffer());
        if (sum.getValue() != file.u32(at + 8 + length)) {
            throw corrupt(
                    "its " + type.replaceAll("[^A-Za-z]", "?") + " chunk has a wrong checksum");
        }
    }

    /// The profile after its name; null when it is not intact, as a picture without it is better
    /// than none.
    private static byte @Nullable [] profile(MediaFile file, long at, int length) {
        int name = 0;
        while (name < Math.min(80, length) && file.u8(at + name) != 0) {
            name++;
        }
        int start = name + 2;
        if (start >= length) {
            return null;
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(file.copy(at + start, length - start));
            byte[] profile = new byte[MAX_PROFILE];
            int size = 0;
            while (!inflater.finished() && size < MAX_PROFILE) {
                int more = inflater.inflate(profile, size, MAX_PROFILE - size);
                if (more == 0) {
                    return null;
                }
                size += more;
            }
            return Arrays.copyOf(profile, size);
        } catch (DataFormatException e) {
            return null;
        }
    }

    private static UnreadableMedia corrupt(String reason) {
        return new UnreadableMedia("PNG is corrupt: " + reason);
    }
}
