package dev.darkroom.media.child.jpeg;

/// Brings one component from its compressed blocks to a small plane, a row of blocks at a time.
final class ChannelDecoder {

    /// How much larger than wanted the scaled blocks must make a plane, so that the fine reduction
    /// after it stays sharp: with 1.195, which is what photos of 8 megapixels get, 0.04 dB are lost
    /// against the scale above it, with 1.125 already 1.5 dB.
    private static final double MARGIN = 1.19;

    private static final int FULL = 8;

    private final Component component;
    private final int unitWidth;
    private final float[] rows;

    /// Of the blocks that are taken in one go those of this component: which they are, and where in
    /// the rows they belong. One loop over them takes a third less time than loops in loops.
    private final int[] sources;

    private final int[] targets;
    private final InverseDct inverse;
    private final Shrink shrink;
    private final int rowLength;
    private int brightness;

    /// @param firstBlock which of a unit's blocks is the component's first one
    ChannelDecoder(Frame frame, Component component, int firstBlock, Plane target) {
        this.component = component;
        double width = frame.widthOf(component);
        double height = frame.heightOf(component);
        int scale = scale(width, height, target);
        int stride = Lanes.padded(frame.unitsAcross() * component.across());
        rowLength = scale * stride;
        inverse = new InverseDct(scale, component.steps(), stride);
        rows = new float[component.down() * inverse.length()];
        unitWidth = component.across() * inverse.kept();
        int units = mostUnits(frame);
        int blocksInUnit = frame.blocksInUnit();
        sources = new int[units * component.blocks()];
        targets = new int[sources.length];
        for (int i = 0; i < sources.length; i++) {
            int unit = i / component.blocks();
            int block = i % component.blocks();
            int row = block / component.across();
            int column = unit * component.across() + block % component.across();
            sources[i] = unit * blocksInUnit + firstBlock + block;
            targets[i] = row * inverse.length() + column * inverse.kept();
        }
        shrink =
                new Shrink(
                        new Shrink.Source(
                                width * scale / FULL, height * scale / FULL, scale, stride),
                        target,
                        scale);
    }

    /// The smallest scale that leaves enough for a sharp plane; all of it when nothing is reduced.
    static int scale(double width, double height, Plane target) {
        for (int scale = 1; scale < FULL; scale++) {
            double least = MARGIN * FULL / scale;
            if (width >= target.width() * least && height >= target.height() * least) {
                return scale;
            }
        }
        return FULL;
    }

    /// After a restart marker each brightness is written anew.
    void restart() {
        brightness = 0;
    }

    /// How many units can be taken in one go.
    static int mostUnits(Frame frame) {
        return BlockReader.MOST / frame.blocksInUnit();
    }

    /// The coefficients of a block that are used.
    int kept() {
        return inverse.kept();
    }

    /// Takes over this component's part of what has been read.
    ///
    /// @param first the units' place in the row
    void take(UnitReader reader, int first, int units) {
        short[] blocks = reader.blocks();
        int start = reader.from();
        int stride = reader.stride();
        int brightness = this.brightness;
        int column = first * unitWidth;
        int count = units * component.blocks();
        inverse.load(blocks, start, stride, sources, count, rows, column, targets);
        for (int i = 0; i < count; i++) {
            brightness += Marked.value(blocks[start + sources[i] * stride]);
            rows[column + targets[i]] = inverse.brightness((short) brightness);
        }
        this.brightness = brightness;
    }

    void endRow() {
        for (int row = 0; row < rows.length; row += inverse.length()) {
            inverse.transform(rows, row, shrink.rows(), shrink.reserve(), rowLength);
            shrink.filled();
        }
    }
}
