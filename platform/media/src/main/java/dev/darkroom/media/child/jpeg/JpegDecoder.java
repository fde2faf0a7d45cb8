package dev.darkroom.media.child.jpeg;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Decodes baseline JPEG straight to a small picture in sRGB.
///
/// Strict: whatever is not as the standard says goes to another decoder, which may know how to make
/// the best of it. Keeps its memory from one picture to the next; for one thread.
public final class JpegDecoder {

    private static final int NEUTRAL = 128;

    private final EntropyData data = new EntropyData();
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
        data.read(file, frame.dataOffset());
        SmallPicture picture = SmallPicture.empty(width, height);
        List<ChannelDecoder> channels = new ArrayList<>();
        channels.add(new ChannelDecoder(frame, frame.components().getFirst(), picture.luminance()));
        if (grey) {
            Arrays.fill(picture.blueness().samples(), (byte) NEUTRAL);
            Arrays.fill(picture.redness().samples(), (byte) NEUTRAL);
        } else {
            channels.add(new ChannelDecoder(frame, frame.components().get(1), picture.blueness()));
            channels.add(new ChannelDecoder(frame, frame.components().get(2), picture.redness()));
        }
        decode(frame, channels.toArray(ChannelDecoder[]::new));
        if (frame.profile().length > 0) {
            profile.toSrgb(picture);
        }
        return picture;
    }

    private void decode(Frame frame, ChannelDecoder[] channels) throws UnusualJpeg {
        BlockReader reader = new BlockReader(data.bytes());
        int interval = frame.restartInterval() == 0 ? Integer.MAX_VALUE : frame.restartInterval();
        int segment = -1;
        int left = 0;
        for (int row = 0; row < frame.unitsDown(); row++) {
            for (int unit = 0; unit < frame.unitsAcross(); unit++) {
                if (left == 0) {
                    left = interval;
                    restart(reader, channels, ++segment);
                }
                left--;
                for (ChannelDecoder channel : channels) {
                    channel.read(reader, unit);
                }
                if (reader.position() > data.end(segment)) {
                    throw new UnusualJpeg("the data ends too early");
                }
            }
            for (ChannelDecoder channel : channels) {
                channel.endRow();
            }
        }
        finish(reader, segment);
        if (segment != data.segments() - 1) {
            throw new UnusualJpeg("more restart markers than the picture needs");
        }
    }

    private void restart(BlockReader reader, ChannelDecoder[] channels, int segment)
            throws UnusualJpeg {
        if (segment > 0) {
            finish(reader, segment - 1);
        }
        if (segment == data.segments()) {
            throw new UnusualJpeg("a restart marker is missing");
        }
        reader.start(data.start(segment));
        for (ChannelDecoder channel : channels) {
            channel.restart();
        }
    }

    /// Damage shows as a code that is none, or as data that is left over.
    private void finish(BlockReader reader, int segment) throws UnusualJpeg {
        if (reader.damaged() || reader.position() != data.end(segment)) {
            throw new UnusualJpeg("the data is damaged");
        }
    }
}
