package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import org.jspecify.annotations.Nullable;

/// What a picture's first bytes promise, read by our own code before any decoder sees the file.
///
/// @param width as stored, in pixels; 0 when the format is not one we parse
/// @param orientation EXIF orientation 1 to 8
/// @param icc the embedded colour profile, where only we can find it; otherwise null
/// @param truncated whether the file ends before the picture does
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record PictureHeader(
        int width, int height, int orientation, byte @Nullable [] icc, boolean truncated) {

    PictureHeader {
        if (orientation < 1 || orientation > 8) {
            orientation = 1;
        }
    }

    PictureHeader(int width, int height, int orientation) {
        this(width, height, orientation, null, false);
    }

    /// The same picture, another way up.
    PictureHeader turned(int otherOrientation) {
        return new PictureHeader(width, height, otherOrientation, icc, truncated);
    }

    /// Reads the header of a picture.
    ///
    /// @throws UnreadableMedia when the header cannot be right
    static PictureHeader of(MediaFile file, ContentType type) throws UnreadableMedia {
        return switch (type.mimeType()) {
            case "image/jpeg" -> JpegHeader.read(file);
            case "image/png" -> PngHeader.read(file);
            case "image/gif" -> new PictureHeader(file.u16(6, true), file.u16(8, true), 1);
            case "image/webp" -> WebpHeader.read(file);
            case "image/bmp" -> bitmap(file);
            case "image/heic", "image/heif", "image/avif" -> HeifHeader.read(file);
            case "image/jxl" -> JxlHeader.read(file);
            case "image/jp2" -> Jp2Header.read(file);
            case "image/vnd.adobe.photoshop" -> PsdHeader.of(file).picture();
            case "image/svg+xml" -> SvgHeader.read(file);
            case "image/x-canon-cr3" -> Cr3.of(file).header();
            case "image/x-fuji-raf" -> Raf.header(file);
            case "image/x-panasonic-rw2" -> RawTiff.panasonic(file);
            case "image/tiff",
                    "image/x-adobe-dng",
                    "image/x-canon-cr2",
                    "image/x-nikon-nef",
                    "image/x-olympus-orf",
                    "image/x-pentax-pef",
                    "image/x-samsung-srw",
                    "image/x-sony-arw" ->
                    tiff(file, type.isRaw());
            default -> new PictureHeader(0, 0, 1);
        };
    }

    /// Refuses what would need more memory than one picture may have.
    void requireAtMost(long maxPixels) throws UnreadableMedia {
        if ((long) width * height > maxPixels) {
            throw new UnreadableMedia(
                    width
                            + " x "
                            + height
                            + " pixels is more than the limit of "
                            + maxPixels / 1_000_000
                            + " million; raise darkroom.media.max-pixels");
        }
    }

    /// Refuses a picture without pixels.
    PictureHeader requirePixels(String format) throws UnreadableMedia {
        if (width < 1 || height < 1) {
            throw new UnreadableMedia(
                    format
                            + " header is corrupt: the picture has "
                            + width
                            + " x "
                            + height
                            + " pixels");
        }
        return this;
    }

    private static PictureHeader bitmap(MediaFile file) throws UnreadableMedia {
        if (file.u32(14, true) == 12) {
            return new PictureHeader(file.u16(18, true), file.u16(20, true), 1)
                    .requirePixels("BMP");
        }
        int height = (int) file.u32(22, true);
        return new PictureHeader((int) file.u32(18, true), Math.abs(height), 1)
                .requirePixels("BMP");
    }

    private static PictureHeader tiff(MediaFile file, boolean raw) throws UnreadableMedia {
        if (raw) {
            return RawTiff.header(file);
        }
        Tiff tiff = Tiff.at(file, 0);
        long first = tiff.firstDirectory();
        long width = tiff.number(first, Tiff.IMAGE_WIDTH, 0);
        long height = tiff.number(first, Tiff.IMAGE_HEIGHT, 0);
        if (Math.max(width, height) > Integer.MAX_VALUE) {
            throw new UnreadableMedia(
                    "TIFF header is corrupt: the picture has "
                            + width
                            + " x "
                            + height
                            + " pixels");
        }
        int orientation = (int) tiff.number(first, Tiff.ORIENTATION, 1);
        return new PictureHeader((int) width, (int) height, orientation).requirePixels("TIFF");
    }
}
