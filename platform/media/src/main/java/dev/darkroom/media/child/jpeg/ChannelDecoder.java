package dev.darkroom.media.child.jpeg;

/// Brings one component from its compressed blocks to a small plane, a row of blocks at a time.
final class ChannelDecoder {

    /// How much larger than wanted the scaled blocks must make a plane, so that the fine reduction
    /// after it stays sharp.
    private static final double MARGIN = 1.25;

    private static final int FULL = 8;

    private final Component component;
    private final BlockRow[] blocks;
    private final InverseDct inverse;
    private final Shrink shrink;
    private final int rowLength;
    private int brightness;

    ChannelDecoder(Frame frame, Component component, Plane target) {
        this.component = component;
        double width = frame.widthOf(component);
        double height = frame.heightOf(component);
        int scale = scale(width, height, target);
        blocks = new BlockRow[component.down()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new BlockRow(scale, frame.unitsAcross() * component.across());
        }
        int stride = blocks[0].stride();
        rowLength = scale * stride;
        inverse = new InverseDct(scale, component.steps(), stride);
        shrink =
                new Shrink(
                        new Shrink.Source(
                                width * scale / FULL, height * scale / FULL, scale, stride),
                        target,
                        scale);
    }

    /// The smallest scale that leaves enough for a sharp plane; all of it when nothing is reduced.
    private static int scale(double width, double height, Plane target) {
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

    /// Reads the blocks of this component in one unit.
    void read(BlockReader reader, int unit) {
        int across = component.across();
        for (BlockRow row : blocks) {
            for (int i = 0; i < across; i++) {
                brightness =
                        reader.read(
                                component.dc(), component.ac(), row, unit * across + i, brightness);
            }
        }
    }

    void endRow() {
        for (BlockRow row : blocks) {
            inverse.transform(row, shrink.rows(), shrink.reserve(), rowLength);
            shrink.filled();
        }
    }
}
