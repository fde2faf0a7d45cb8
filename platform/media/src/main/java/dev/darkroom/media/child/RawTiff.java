package dev.darkroom.media.child;

import java.util.ArrayList;
import java.util.List;

/// Camera RAW that is built as TIFF: Canon CR2, Nikon NEF, Sony ARW, Adobe DNG, Olympus ORF,
/// Panasonic RW2, Pentax PEF, Samsung SRW.
final class RawTiff {

    private static final int COMPRESSION = 0x103;
    private static final int STRIP_OFFSETS = 0x111;
    private static final int STRIP_LENGTHS = 0x117;
    private static final int JPEG_OFFSET = 0x201;
    private static final int JPEG_LENGTH = 0x202;

    private static final int EXIF = 0x8769;
    private static final int EXIF_WIDTH = 0xa002;
    private static final int EXIF_HEIGHT = 0xa003;
    private static final int MAX_EDGE = 1_000_000;

    /// Panasonic's JPEG, complete with its own EXIF.
    private static final int JPEG_FROM_RAW = 0x2e;

    private RawTiff() {}

    /// Where JPEGs may lie; which of them are, their own bytes say.
    static List<Block> previews(MediaFile file) {
        Tiff tiff = Tiff.at(file, 0);
        List<Block> blocks = new ArrayList<>();
        for (long directory : tiff.directories()) {
            add(blocks, tiff, directory, JPEG_OFFSET, JPEG_LENGTH);
            long compression = tiff.number(directory, COMPRESSION, 0);
            if (compression == 6 || compression == 7) {
                add(blocks, tiff, directory, STRIP_OFFSETS, STRIP_LENGTHS);
            }
            Block whole = tiff.block(directory, JPEG_FROM_RAW);
            if (whole != null) {
                blocks.add(whole);
            }
        }
        return blocks;
    }

    /// The largest picture that any directory tells of: the sensor's, or in Canon's files EXIF's.
    static PictureHeader header(MediaFile file) {
        Tiff tiff = Tiff.at(file, 0);
        long exif = tiff.number(tiff.firstDirectory(), EXIF, -1);
        int width = edge(tiff, exif, EXIF_WIDTH);
        int height = edge(tiff, exif, EXIF_HEIGHT);
        for (long directory : tiff.directories()) {
            int wide = edge(tiff, directory, Tiff.IMAGE_WIDTH);
            int high = edge(tiff, directory, Tiff.IMAGE_HEIGHT);
            if ((long) wide * high > (long) width * height) {
                width = wide;
                height = high;
            }
        }
        return new PictureHeader(width, height, orientation(file));
    }

    /// In pixels; 0 when the file does not say, or nonsense.
    private static int edge(Tiff tiff, long directory, int tag) {
        long edge = tiff.number(directory, tag, 0);
        return edge > MAX_EDGE ? 0 : (int) edge;
    }

    /// EXIF orientation 1 to 8; 0 when the file does not say.
    static int orientation(MediaFile file) {
        Tiff tiff = Tiff.at(file, 0);
        long orientation = tiff.number(tiff.firstDirectory(), Tiff.ORIENTATION, 0);
        return orientation > 8 ? 0 : (int) orientation;
    }

    /// Panasonic names the borders of the picture on the sensor.
    static PictureHeader panasonic(MediaFile file) {
        Tiff tiff = Tiff.at(file, 0);
        long first = tiff.firstDirectory();
        long width = tiff.number(first, 7, 0) - tiff.number(first, 5, 0);
        long height = tiff.number(first, 6, 0) - tiff.number(first, 4, 0);
        return new PictureHeader(
                Math.clamp(width, 0, 0xffff), Math.clamp(height, 0, 0xffff), orientation(file));
    }

    private static void add(
            List<Block> blocks, Tiff tiff, long directory, int offsetTag, int lengthTag) {
        long offset = tiff.number(directory, offsetTag, 0);
        long length = tiff.number(directory, lengthTag, 0);
        if (offset > 0 && length > 0) {
            blocks.add(new Block(offset, length));
        }
    }
}
