package dev.darkroom.media.child.jpeg;

/// Where lanes began units: what [StretchReader] joins their stretches by.
///
/// Its memory is constant, as [LaneReader]'s is, which writes into it.
final class UnitStarts {

    /// The bits at which units begin, in the order in which lanes came to them.
    static final int[] BITS = new int[LaneReader.MOST_UNITS];

    /// Where their blocks are.
    static final int[] PLACES = new int[BITS.length];

    /// The unit that the same lane came to next.
    private static final int[] AFTER = new int[BITS.length];

    private static final int NONE = -1;

    private final int[] next = new int[LaneReader.MOST];
    private final int[] last = new int[LaneReader.MOST];

    /// How many there are.
    int count;

    /// The first unit of a lane; those that it came to before in the same stretch do not count.
    void addFirst(int bit, int place) {
        BITS[count] = bit;
        PLACES[count] = ~place;
        count++;
    }

    /// Strings the units of each stretch together.
    ///
    /// @param size from the place of one stretch to that of the next
    void sort(int size) {
        for (int i = 0; i < count; i++) {
            boolean first = PLACES[i] < 0;
            PLACES[i] = first ? ~PLACES[i] : PLACES[i];
            int stretch = PLACES[i] / size;
            AFTER[i] = NONE;
            if (first) {
                next[stretch] = i;
            } else {
                AFTER[last[stretch]] = i;
            }
            last[stretch] = i;
        }
    }

    /// Whether a unit begins at a bit. Asked for one bit after the other.
    boolean isAt(int stretch, int bit) {
        int unit = next[stretch];
        while (unit != NONE && BITS[unit] < bit) {
            unit = AFTER[unit];
        }
        next[stretch] = unit;
        return unit != NONE && BITS[unit] == bit;
    }

    /// Whether none is still to come.
    boolean isPassed(int stretch) {
        return next[stretch] == NONE;
    }

    /// Where the blocks of the unit are that has just been found.
    int place(int stretch) {
        return PLACES[next[stretch]];
    }
}
