package dev.darkroom.media.child.jpeg;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Decodes baseline JPEG straight to a small picture in sRGB.
///
/// Strict: whatever is not as the standard says goes to another decoder, which may know how to make
/// the best of it. One picture at a time is decoded in a process, see [BlockReader].
public final class JpegDecoder implements JpegReader {

    private static final Object ONE_AT_A_TIME = new Object();

    private final Colours colours = new Colours();

    @Override
    public String name() {
        return "Darkroom JPEG";
    }

    @Override
    public SmallPicture read(MemorySegment file, int width, int height) throws UnusualJpeg {
        Frame frame = FrameReader.read(file);
        Lanes.nextPicture((long) frame.width() * frame.height());
        if (width > frame.width() || height > frame.height()) {
            throw new UnusualJpeg("a frame of another size than its header promises");
        }
        colours.expect(frame.components().size() == 1, frame.profile());
        SmallPicture picture = SmallPicture.empty(width, height);
        synchronized (ONE_AT_A_TIME) {
            EntropyData data = new EntropyData(file, frame.dataOffset());
            List<ChannelDecoder> channels = channels(frame, picture);
            decode(frame, channels, data, reader(frame, channels, data));
        }
        colours.toSrgb(picture);
        return picture;
    }

    static List<ChannelDecoder> channels(Frame frame, SmallPicture picture) {
        List<Plane> planes = List.of(picture.luminance(), picture.blueness(), picture.redness());
        List<ChannelDecoder> channels = new ArrayList<>();
        int block = 0;
        for (Component component : frame.components()) {
            Plane plane = planes.get(channels.size());
            channels.add(new ChannelDecoder(frame, component, block, plane));
            block += component.blocks();
        }
        return channels;
    }

    static void decode(
            Frame frame, List<ChannelDecoder> channels, EntropyData data, UnitReader reader)
            throws UnusualJpeg {
        int most = ChannelDecoder.mostUnits(frame);
        int across = frame.unitsAcross();
        int down = frame.unitsDown();
        int interval = frame.restartInterval() == 0 ? Integer.MAX_VALUE : frame.restartInterval();
        int left = interval;
        for (int row = 0; row < down; row++) {
            int unit = 0;
            while (unit < across) {
                if (left == 0) {
                    left = interval;
                    reader.restart();
                    channels.forEach(ChannelDecoder::restart);
                }
                int units = reader.read(Math.min(Math.min(most, left), across - unit));
                for (ChannelDecoder channel : channels) {
                    channel.take(reader, unit, units);
                }
                unit += units;
                left -= units;
            }
            channels.forEach(ChannelDecoder::endRow);
        }
        reader.finish();
        if (!data.complete()) {
            throw new UnusualJpeg("more restart markers than the picture needs");
        }
    }

    private static UnitReader reader(Frame frame, List<ChannelDecoder> channels, EntropyData data) {
        return Lanes.readStretches() && data.size() >= StretchReader.LEAST
                ? inStretches(frame, data, kept(channels))
                : inOrder(frame, data);
    }

    /// How many of a block's coefficients the channels use.
    static int kept(List<ChannelDecoder> channels) {
        return channels.stream().mapToInt(ChannelDecoder::kept).max().orElseThrow();
    }

    static BlockReader inOrder(Frame frame, EntropyData data) {
        return new BlockReader(data, runs(frame));
    }

    static StretchReader inStretches(Frame frame, EntropyData data, int kept) {
        return new StretchReader(data, runs(frame), kept, frame.restartInterval());
    }

    /// What a unit consists of; components that share their codes are read in one go.
    private static List<BlockReader.Run> runs(Frame frame) {
        List<BlockReader.Run> runs = new ArrayList<>();
        for (Component component : frame.components()) {
            int blocks = component.blocks();
            BlockReader.Run last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.code().equals(component.code())) {
                runs.removeLast();
                blocks += last.blocks();
            }
            int table = runs.size();
            EntryTables.fill(table, component.code());
            runs.add(new BlockReader.Run(blocks, table, component.code()));
        }
        return runs;
    }
}
