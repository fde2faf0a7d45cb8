package dev.darkroom.media.child.jpeg;

import java.util.ArrayList;
import java.util.List;

/// Reads compressed data in stretches, sixteen at a time.
///
/// Where units begin is known only once all units before have been read. So all lanes of
/// [LaneReader] but the first are put anywhere, and read nonsense until they fall into step.
/// Whether and where one did is found out from its predecessor, which is right about where it
/// stopped: from there on units are read one by one, until one of them begins where a lane began a
/// unit, too. What that lane has read from there on is right, for it has read the same bits.
///
/// What is read is the same as [BlockReader] reads, and no error of the data stays unseen: a lane
/// that met one does not count, and the data is read one by one there.
final class StretchReader implements UnitReader {

    /// Bytes of data for which it is worth it.
    static final int LEAST = 100_000;

    /// Bits of a stretch: 7 kB, and a little more, so that the lanes do not contend for the same
    /// lines of the processor's cache. There must be room for sixteen in a window.
    private static final int LONGEST = 8 * (7 * 1024 - 48);

    private static final int SHORTEST = 8 * 2 * 1024;

    /// Lanes begin so many bits before the place where they are needed: two of three are in step by
    /// then.
    private static final int HEAD = 1500;

    /// The most bits of padding behind the last block of a segment.
    private static final int PADDING = 7;

    /// After so many stretches it shows whether lanes fall into step.
    private static final int ENOUGH = 4 * LaneReader.LANES;

    private final EntropyData data;
    private final BlockReader single;
    private final LaneReader lanes;
    private final int stride;
    private final int unitLength;
    private final int segmentBlocks;

    /// Where the next unit begins; behind the units that have been found, if there are any.
    private int bit;

    /// Of the stretches that have been read, the one to look into next.
    private int stretch;

    /// Where in the lanes' blocks the next unit is, and how many follow without a gap.
    private int place;

    private int units;

    private int from;
    private int stretches;
    private long laneUnits;
    private long singleUnits;
    private boolean alone;
    private boolean fromLanes;

    StretchReader(EntropyData data, List<BlockReader.Run> runs, int kept, int restartInterval) {
        this.data = data;
        this.single = new BlockReader(data, runs);
        List<BlockCode> codes = new ArrayList<>();
        List<Integer> tables = new ArrayList<>();
        for (BlockReader.Run run : runs) {
            LaneTables.fill(run.table(), run.code());
            for (int i = 0; i < run.blocks(); i++) {
                codes.add(run.code());
                tables.add(run.table());
            }
        }
        stride = kept;
        unitLength = codes.size() * kept;
        segmentBlocks = restartInterval * codes.size();
        lanes = new LaneReader(codes, tables.stream().mapToInt(i -> i).toArray(), kept);
    }

    @Override
    public int read(int most) throws UnusualJpeg {
        if (units == 0 && !alone) {
            seek();
        }
        fromLanes = units > 0;
        if (!fromLanes) {
            return readSingly(most);
        }
        int read = Math.min(most, units);
        from = place;
        place += read * unitLength;
        units -= read;
        laneUnits += read;
        return read;
    }

    private int readSingly(int most) throws UnusualJpeg {
        if (!alone) {
            single.start(bit);
        }
        int read = single.read(alone ? most : 1);
        singleUnits += read;
        bit = single.bit();
        return read;
    }

    /// Looks for the next unit among those that lanes have read, and has lanes read more when none
    /// is left.
    private void seek() throws UnusualJpeg {
        find();
        if (units > 0 || stretch < lanes.count()) {
            return;
        }
        alone = stretches >= ENOUGH && singleUnits > laneUnits;
        if (alone) {
            single.start(bit);
            return;
        }
        int first = bit >>> 3;
        if (data.length() - first < EntropyData.SIZE / 2 && !data.whole()) {
            bit -= Byte.SIZE * (first - data.refill(first));
        }
        lanes.clear();
        stretch = 0;
        lay();
        stretches += lanes.count();
        if (lanes.count() > 0) {
            lanes.read();
            find();
        }
    }

    private void find() {
        while (units == 0 && stretch < lanes.count()) {
            if (bit < endOfSegment() && lanes.units().isAt(stretch, bit)) {
                place = lanes.units().place(stretch);
                units = (lanes.stopPlace(stretch) - place) / unitLength;
                bit = lanes.stop(stretch);
            } else if (!lanes.units().isPassed(stretch)) {
                return;
            }
            stretch++;
        }
    }

    private long endOfSegment() {
        return (long) Byte.SIZE * data.end();
    }

    /// Lays stretches over what the window holds.
    private void lay() {
        int known = data.known();
        int ahead = (known > 0 ? data.end(0) : data.length()) - (bit >>> 3);
        boolean fits = lanes.most(segmentBlocks) >= LaneReader.LANES;
        if (known > 0 && segmentBlocks > 0 && Byte.SIZE * ahead < LONGEST && fits) {
            layWhole();
        } else {
            layParts();
        }
    }

    /// Short segments are a stretch each, and none is laid at a venture.
    private void layWhole() {
        lanes.begin(segmentBlocks);
        int most = Math.min(lanes.most(segmentBlocks), data.known());
        if (most > LaneReader.LANES) {
            most -= most % LaneReader.LANES; // the last ones would leave most lanes idle
        }
        int from = bit;
        for (int i = 0; i < most && Byte.SIZE * data.end(i) - from < LONGEST; i++) {
            lanes.add(from, Byte.SIZE * data.end(i) - PADDING);
            from = Byte.SIZE * data.end(i);
        }
    }

    private void layParts() {
        lanes.begin(lanes.mostBlocks());
        int known = data.known();
        boolean open = !data.whole();
        int all = Byte.SIZE * (open ? data.length() - EntropyData.ROOM : data.length());
        int length = Math.clamp((all - bit) / LaneReader.LANES, SHORTEST, LONGEST);
        int from = bit;
        for (int i = 0; from < all && lanes.count() < LaneReader.LANES; i++) {
            int to = i < known ? Byte.SIZE * data.end(i) - PADDING : all;
            int parts = Math.max(1, Math.ceilDiv(to - from, length));
            int part = (to - from) / parts;
            for (int k = 0; k < parts && lanes.count() < LaneReader.LANES; k++) {
                int end = k == parts - 1 ? to : from + (k + 1) * part;
                lanes.add(k == 0 ? from : from + k * part - HEAD, end);
            }
            if (i >= known) {
                return;
            }
            from = Byte.SIZE * data.end(i);
        }
    }

    @Override
    public short[] blocks() {
        return fromLanes ? LaneReader.BLOCKS : single.blocks();
    }

    @Override
    public int from() {
        return fromLanes ? from : single.from();
    }

    @Override
    public int stride() {
        return fromLanes ? stride : single.stride();
    }

    @Override
    public void restart() throws UnusualJpeg {
        requireEnd();
        bit = Byte.SIZE * data.next();
        if (alone) {
            single.start(bit);
        }
    }

    @Override
    public void finish() throws UnusualJpeg {
        requireEnd();
        lanes.clear();
    }

    private void requireEnd() throws UnusualJpeg {
        int first = bit >>> 3;
        bit -= Byte.SIZE * (first - data.reserve(first));
        if (units > 0 || Math.ceilDiv(bit, Byte.SIZE) != data.end()) {
            throw new UnusualJpeg("the data is damaged");
        }
    }
}
