package dev.darkroom.media.child.jpeg;

/// Reads the units of a picture, one after the other: the smallest areas that hold whole blocks of
/// every component.
interface UnitReader {

    /// Reads some units.
    ///
    /// @param most how many are wanted, at least one
    /// @return how many there are, at least one
    int read(int most) throws UnusualJpeg;

    /// The blocks of what has been read, [Marked].
    short[] blocks();

    /// Where in them the first block begins.
    int from();

    /// From one block to the next.
    int stride();

    /// Goes on behind a restart marker.
    void restart() throws UnusualJpeg;

    /// Damage that is no wrong code shows as data that is left over.
    void finish() throws UnusualJpeg;
}
