package dev.darkroom.media.child.jpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/// Decodes with libjpeg-turbo what [JpegDecoder] leaves: progressive pictures, arithmetic ones, and
/// such in several scans. The library makes planes of a fraction of the picture's size; all that
/// comes after is as for any other picture.
///
/// Strict, too: damaged pictures go to another decoder.
public final class TurboDecoder implements JpegReader {

    private static final int FULL = 8;

    /// Pixels from left to right, and from top to bottom, that share a sample of colour: by the
    /// library's numbers, 4:4:4, 4:2:2, 4:2:0, grey, 4:4:0, 4:1:1 and 4:4:1.
    private static final int[] ACROSS = {1, 2, 2, 1, 1, 4, 1};

    private static final int[] DOWN = {1, 1, 2, 1, 2, 1, 4};

    private final TurboJpeg library;
    private final Colours colours = new Colours();

    private TurboDecoder(TurboJpeg library) {
        this.library = library;
    }

    /// Empty where libjpeg-turbo's own interface is not installed.
    public static Optional<TurboDecoder> load() {
        return TurboJpeg.load().map(TurboDecoder::new);
    }

    @Override
    public String name() {
        return "libjpeg-turbo";
    }

    @Override
    public SmallPicture read(MemorySegment file, int width, int height) throws UnusualJpeg {
        FrameReader.Outline outline = FrameReader.outline(file);
        Lanes.nextPicture((long) outline.width() * outline.height());
        colours.expect(outline.grey(), outline.profile());
        SmallPicture picture = SmallPicture.empty(width, height);
        List<Plane> planes =
                outline.grey()
                        ? List.of(picture.luminance())
                        : List.of(picture.luminance(), picture.blueness(), picture.redness());
        try (TurboJpeg.Picture source = library.open(file)) {
            requireKnown(source, outline, width, height);
            int scale = 1;
            for (int i = 0; i < planes.size(); i++) {
                double across = width(source, i);
                double down = height(source, i);
                scale = Math.max(scale, ChannelDecoder.scale(across, down, planes.get(i)));
            }
            TurboJpeg.Samples[] samples = source.decode(scale, planes.size());
            for (int i = 0; i < planes.size(); i++) {
                double share = (double) scale / FULL;
                shrink(
                        samples[i],
                        width(source, i) * share,
                        height(source, i) * share,
                        planes.get(i));
            }
        }
        colours.toSrgb(picture);
        return picture;
    }

    private static void requireKnown(
            TurboJpeg.Picture source, FrameReader.Outline outline, int width, int height)
            throws UnusualJpeg {
        if (source.width() != outline.width()
                || source.height() != outline.height()
                || width > outline.width()
                || height > outline.height()) {
            throw new UnusualJpeg("a frame of another size than its header promises");
        }
        if (source.sampling() < 0 || source.sampling() >= ACROSS.length) {
            throw new UnusualJpeg("a sampling that libjpeg-turbo has no number for");
        }
    }

    /// The pixels that a component has from left to right; half ones occur at the edge.
    private static double width(TurboJpeg.Picture source, int component) {
        return (double) source.width() / (component == 0 ? 1 : ACROSS[source.sampling()]);
    }

    private static double height(TurboJpeg.Picture source, int component) {
        return (double) source.height() / (component == 0 ? 1 : DOWN[source.sampling()]);
    }

    private static void shrink(
            TurboJpeg.Samples samples, double width, double height, Plane target) {
        int columns = (int) Math.ceil(width);
        int stride = Lanes.padded(columns);
        Shrink.Source source = new Shrink.Source(width, height, 1, stride);
        Shrink shrink = new Shrink(source, target, 1);
        byte[] row = new byte[stride];
        for (int y = 0; y < source.rows(); y++) {
            long from = (long) y * samples.stride();
            MemorySegment.copy(samples.bytes(), ValueLayout.JAVA_BYTE, from, row, 0, columns);
            Lanes.widen(row, 0, 0, shrink.rows(), shrink.reserve(), stride);
            shrink.filled();
        }
    }
}
