package dev.darkroom.media.child.jpeg;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Decodes baseline JPEG straight to a small picture in sRGB.
///
/// Strict: whatever is not as the standard says goes to another decoder, which may know how to make
/// the best of it. One picture at a time is decoded in a process, see [BlockReader].
public final class JpegDecoder {

    private static final int NEUTRAL = 128;

    private static final Object ONE_AT_A_TIME = new Object();

    private ColourProfile profile = ColourProfile.SRGB;

    /// A picture of exactly that size, as stored: not yet upright.
    ///
    /// @param width not more than the stored picture's
    /// @param height not more than the stored picture's
    /// @throws UnusualJpeg when another decoder should try
    public SmallPicture decode(MemorySegment file, int width, int height) throws UnusualJpeg {
        Frame frame = FrameReader.read(file);
        Lanes.nextPicture((long) frame.width() * frame.height());
        if (width > frame.width() || height > frame.height()) {
            throw new UnusualJpeg("a frame of another size than its header promises");
        }
        boolean grey = frame.components().size() == 1;
        if (frame.profile().length > 0 && !profile.isMadeFrom(frame.profile())) {
            profile = ColourProfile.of(frame.profile());
        }
        if (grey && frame.profile().length > 0) {
            throw new UnusualJpeg("grey with a profile");
        }
        SmallPicture picture = SmallPicture.empty(width, height);
        synchronized (ONE_AT_A_TIME) {
            decode(frame, channels(frame, picture), new EntropyData(file, frame.dataOffset()));
        }
        if (grey) {
            Arrays.fill(picture.blueness().samples(), (byte) NEUTRAL);
            Arrays.fill(picture.redness().samples(), (byte) NEUTRAL);
        }
        if (frame.profile().length > 0) {
            profile.toSrgb(picture);
        }
        return picture;
    }

    private static List<ChannelDecoder> channels(Frame frame, SmallPicture picture) {
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

    private static void decode(Frame frame, List<ChannelDecoder> channels, EntropyData data)
            throws UnusualJpeg {
        BlockReader reader = new BlockReader(data);
        BlockReader.Run[] runs = runs(frame);
        int most = BlockReader.MOST / frame.blocksInUnit();
        int interval = frame.restartInterval() == 0 ? Integer.MAX_VALUE : frame.restartInterval();
        int left = interval;
        for (int row = 0; row < frame.unitsDown(); row++) {
            int unit = 0;
            while (unit < frame.unitsAcross()) {
                if (left == 0) {
                    left = interval;
                    reader.finish();
                    data.next();
                    reader.start();
                    channels.forEach(ChannelDecoder::restart);
                }
                int units = Math.min(Math.min(most, left), frame.unitsAcross() - unit);
                reader.read(runs, units);
                for (ChannelDecoder channel : channels) {
                    channel.take(unit, units);
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

    /// What a unit consists of; components that share their codes are read in one go.
    private static BlockReader.Run[] runs(Frame frame) {
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
        return runs.toArray(BlockReader.Run[]::new);
    }
}
