package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Reads the merged picture that Photoshop keeps beside the layers, one row at a time, and makes it
/// smaller on the way.
final class PsdComposite {

    private static final int RAW = 0;
    private static final int RUN_LENGTHS = 1;

    private final MediaFile file;
    private final PsdHeader header;
    private final int factor;
    private final int width;
    private final int height;
    private final int[] row;
    private final byte[] packed;
    private long at;

    private PsdComposite(MediaFile file, PsdHeader header, int factor) {
        this.file = file;
        this.header = header;
        this.factor = factor;
        this.width = Math.ceilDiv(header.width(), factor);
        this.height = Math.ceilDiv(header.height(), factor);
        this.row = new int[header.width()];
        this.packed = new byte[Math.ceilDiv(header.width() * header.depth(), 8)];
    }

    /// The picture, with its edges divided by `factor`; in the file's own colours where a profile
    /// can say what they are, else in sRGB.
    static BufferedImage read(MediaFile file, int factor) throws UnreadableMedia {
        PsdHeader header = PsdHeader.of(file);
        if (header.depth() != 1 && header.depth() != 8 && header.depth() != 16) {
            throw new UnreadableMedia(
                    "PSD with "
                            + header.depth()
                            + " bits per channel cannot be drawn; save it with 8 or 16");
        }
        return new PsdComposite(file, header, factor).read();
    }

    private BufferedImage read() throws UnreadableMedia {
        int channels = colourChannels();
        int compression = file.u16(header.data());
        at = header.data() + 2;
        if (compression != RAW && compression != RUN_LENGTHS) {
            throw new UnreadableMedia(
                    "PSD holds no merged picture; switch on 'Maximize Compatibility' in Photoshop"
                            + " and save it again");
        }
        if (header.channels() < channels) {
            throw PsdHeader.corrupt("it has " + header.channels() + " channels");
        }
        long counts = at;
        int countBytes = header.large() ? 4 : 2;
        if (compression == RUN_LENGTHS) {
            at += (long) countBytes * header.channels() * header.height();
        }
        byte[][] planes = new byte[channels][];
        for (int channel = 0; channel < channels; channel++) {
            int[] sums = new int[width];
            byte[] plane = new byte[width * height];
            for (int y = 0; y < header.height(); y++) {
                long line = (long) channel * header.height() + y;
                if (compression == RAW) {
                    unpackPlain();
                } else {
                    unpackRuns(
                            header.large()
                                    ? file.u32(counts + 4 * line)
                                    : file.u16(counts + 2 * line));
                }
                reduce(sums, plane, y);
            }
            planes[channel] = plane;
        }
        return picture(planes);
    }

    private int colourChannels() throws UnreadableMedia {
        return switch (header.mode()) {
            case 0, 1, 2, 8 -> 1;
            case 3, 9 -> 3;
            case 4 -> 4;
            default ->
                    throw new UnreadableMedia(
                            "PSD in colour mode "
                                    + header.mode()
                                    + " cannot be drawn; save it as RGB, gray, CMYK or Lab");
        };
    }

    private void unpackPlain() throws UnreadableMedia {
        if (!file.has(at, packed.length)) {
            throw PsdHeader.corrupt("it is cut off before the picture ends");
        }
        System.arraycopy(file.copy(at, packed.length), 0, packed, 0, packed.length);
        at += packed.length;
        samples();
    }

    /// PackBits: a count, then that many bytes, or one byte to repeat.
    private void unpackRuns(long length) throws UnreadableMedia {
        if (length < 0 || length > 2L * packed.length + 128 || !file.has(at, length)) {
            throw PsdHeader.corrupt("it is cut off before the picture ends");
        }
        byte[] runs = file.copy(at, (int) length);
        at += length;
        int target = 0;
        int i = 0;
        while (i + 1 < runs.length && target < packed.length) {
            int count = runs[i++];
            if (count >= 0) {
                int plain = Math.min(Math.min(count + 1, packed.length - target), runs.length - i);
                System.arraycopy(runs, i, packed, target, plain);
                target += plain;
                i += count + 1;
            } else if (count != -128) {
                int same = Math.min(1 - count, packed.length - target);
                Arrays.fill(packed, target, target + same, runs[i++]);
                target += same;
            }
        }
        Arrays.fill(packed, target, packed.length, (byte) 0);
        samples();
    }

    private void samples() {
        for (int x = 0; x < row.length; x++) {
            row[x] =
                    switch (header.depth()) {
                        case 1 -> (packed[x / 8] >> (7 - x % 8) & 1) == 1 ? 0 : 255;
                        case 16 -> packed[2 * x] & 0xff;
                        default -> packed[x] & 0xff;
                    };
        }
    }

    /// Adds a row to the means of its blocks. The numbers of a palette have no mean: the last row
    /// and column of a block stand for it.
    private void reduce(int[] sums, byte[] plane, int y) {
        boolean mean = header.mode() != 2;
        for (int x = 0; x < row.length; x++) {
            sums[x / factor] = mean ? sums[x / factor] + row[x] : row[x];
        }
        if ((y + 1) % factor != 0 && y + 1 != header.height()) {
            return;
        }
        int deep = y % factor + 1;
        for (int x = 0; x < width; x++) {
            int wide = Math.min(factor, header.width() - x * factor);
            plane[y / factor * width + x] = (byte) (mean ? sums[x] / (deep * wide) : sums[x]);
            sums[x] = 0;
        }
    }

    private BufferedImage picture(byte[][] planes) {
        return switch (header.mode()) {
            case 2 -> converted(i -> palette(planes[0][i] & 0xff));
            case 3 -> raw(planes, ColorSpace.getInstance(ColorSpace.CS_sRGB));
            case 4 -> inked(planes);
            case 9 -> converted(i -> LabColour.toSrgb(planes[0][i], planes[1][i], planes[2][i]));
            default -> raw(planes, ColorSpace.getInstance(ColorSpace.CS_GRAY));
        };
    }

    /// Through the file's profile, which counts ink while Photoshop counts paper.
    private BufferedImage inked(byte[][] planes) {
        try {
            if (header.icc() != null) {
                ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(header.icc()));
                if (space.getNumComponents() == planes.length) {
                    for (byte[] plane : planes) {
                        for (int i = 0; i < plane.length; i++) {
                            plane[i] = (byte) ~plane[i];
                        }
                    }
                    return raw(planes, space);
                }
            }
        } catch (IllegalArgumentException | CMMException e) {
            // A broken profile says nothing about the pixels.
        }
        return converted(i -> ink(planes, i));
    }

    private BufferedImage raw(byte[][] planes, ColorSpace space) {
        WritableRaster raster =
                Raster.createInterleavedRaster(
                        DataBuffer.TYPE_BYTE, width, height, planes.length, null);
        byte[] mixed = new byte[width * height * planes.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = planes[i % planes.length][i / planes.length];
        }
        raster.setDataElements(0, 0, width, height, mixed);
        return new BufferedImage(
                new ComponentColorModel(
                        space, false, false, BufferedImage.OPAQUE, DataBuffer.TYPE_BYTE),
                raster,
                false,
                null);
    }

    private BufferedImage converted(IntUnaryOperator colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, colour.applyAsInt(i));
        }
        return image;
    }

    private int palette(int index) {
        long colours = header.palette();
        return Math.max(0, file.u8(colours + index)) << 16
                | Math.max(0, file.u8(colours + 256 + index)) << 8
                | Math.max(0, file.u8(colours + 512 + index));
    }

    /// Photoshop stores how much paper shows, 255 for no ink at all.
    private static int ink(byte[][] planes, int i) {
        int black = planes[3][i] & 0xff;
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            rgb = rgb << 8 | (planes[channel][i] & 0xff) * black / 255;
        }
        return rgb;
    }
}
