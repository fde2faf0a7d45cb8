package dev.darkroom.media.child.jpeg;

/// Makes a plane smaller while its rows come in, so that the large one is never in memory.
///
/// First from many rows to few: each new row is a sum of old ones. Then, for sixteen new rows at a
/// time, from many columns to few: the rows are laid on their side, and each new column is a sum of
/// old ones again.
final class Shrink {

    private static final int BATCH = Lanes.WIDTH;

    /// The rows that come in.
    ///
    /// @param width the pixels that they stand for; the last may be a part of one
    /// @param phases how many pixels of a block lie apart from each other: first all first ones,
    ///   then all second ones; 1 for an ordinary row
    /// @param stride pixels of one phase
    record Source(double width, double height, int phases, int stride) {
        int columns() {
            return Math.min((int) Math.ceil(width), phases * stride);
        }

        int rows() {
            return (int) Math.ceil(height);
        }

        int rowLength() {
            return phases * stride;
        }
    }

    private final Source source;
    private final Plane target;
    private final Taps across;
    private final Taps down;
    private final int atATime;
    private final float[] rows;
    private final float[] batch;
    private final float[] columns;
    private final float[] result;
    private final float[] upright;

    /// The source's row at the beginning of `rows`, and the one after the last.
    private int first;

    private int end;
    private int next;

    /// @param atATime rows that come in together
    Shrink(Source source, Plane target, int atATime) {
        this.source = source;
        this.target = target;
        this.atATime = atATime;
        across = Taps.of(source.width, source.columns(), target.width());
        down = Taps.of(source.height, source.rows(), target.height());
        int rowLength = source.rowLength();
        rows = new float[(down.count() + 2 * atATime + BATCH) * rowLength];
        batch = new float[BATCH * rowLength];
        columns = new float[BATCH * rowLength];
        result = new float[BATCH * target.stride()];
        upright = new float[BATCH * target.stride()];
    }

    float[] rows() {
        return rows;
    }

    /// Where in [#rows()] the next ones belong.
    int reserve() {
        int rowLength = source.rowLength();
        if ((end - first + atATime) * rowLength > rows.length) {
            int needed = next < target.height() ? Math.min(end, down.starts()[next]) : end;
            System.arraycopy(
                    rows, (needed - first) * rowLength, rows, 0, (end - needed) * rowLength);
            first = needed;
        }
        return (end - first) * rowLength;
    }

    /// Takes the rows that have been written there.
    void filled() {
        end += atATime;
        int rowLength = source.rowLength();
        while (next < target.height() && down.starts()[next] + down.count() <= end) {
            int from = (down.starts()[next] - first) * rowLength;
            int slot = next % BATCH;
            Lanes.sum(
                    rows,
                    from,
                    rowLength,
                    down.weights(),
                    next * down.count(),
                    down.count(),
                    batch,
                    slot * rowLength,
                    rowLength);
            next++;
            if (slot == BATCH - 1 || next == target.height()) {
                narrow(next - 1 - slot, slot + 1);
            }
        }
    }

    private void narrow(int top, int count) {
        layOnTheSide();
        int width = target.width();
        Lanes.filter(columns, across.starts(), across.weights(), across.count(), result, width);
        int padded = target.stride();
        for (int row = 0; row < BATCH; row += Lanes.SQUARE) {
            Lanes.turn(
                    result,
                    row,
                    BATCH,
                    Lanes.SQUARE * BATCH,
                    upright,
                    row * padded,
                    padded,
                    Lanes.SQUARE,
                    padded / Lanes.SQUARE);
        }
        Lanes.narrow(upright, 0, target.samples(), top * padded, count * padded);
    }

    private void layOnTheSide() {
        int rowLength = source.rowLength();
        int stride = source.stride;
        int phases = source.phases;
        for (int phase = 0; phase < phases; phase++) {
            for (int row = 0; row < BATCH; row += Lanes.SQUARE) {
                Lanes.turn(
                        batch,
                        phase * stride + row * rowLength,
                        rowLength,
                        Lanes.SQUARE,
                        columns,
                        phase * BATCH + row,
                        phases * BATCH,
                        Lanes.SQUARE * phases * BATCH,
                        stride / Lanes.SQUARE);
            }
        }
    }
}
