package dev.darkroom.bench.thumbnails;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One way to make a photo's three thumbnails, warm and ready.
interface Contender {

    /// The longer edges, from the largest to the smallest; each is made from the one before it.
    List<Integer> SIZES = List.of(1_024, 300, 150);

    /// What one picture took.
    ///
    /// @param bytes of its three thumbnails together
    record Cost(double processorMillis, double wallMillis, long bytes) {}

    String name();

    /// Makes a photo's thumbnails so many times, so many at once.
    Cost run(Path photo, int times, int atOnce) throws IOException, InterruptedException;

    /// Its thumbnails, in the order of [#SIZES].
    List<byte[]> thumbnails(Path photo) throws IOException, InterruptedException;
}
