package dev.darkroom.media;

/// Which files a child reads.
enum Duty {
    /// What our own code decodes: most JPEGs, previews of raw files, and the metadata of pictures.
    /// No damage to a file has been seen to take such a child down, and what happens to the others
    /// does not hold it up.
    OUR_FORMATS,
    /// What is left: libvips and FFmpeg read it, which may crash.
    OTHER_FORMATS,
    /// Everything, where native decoders are switched off.
    ALL_FORMATS;

    /// What its processes and threads are called.
    String label() {
        return this == OTHER_FORMATS ? "media-native" : "media";
    }

    boolean isOwnCodeOnly() {
        return this == OUR_FORMATS;
    }

    /// Whether a new child is slow until the code that draws is compiled.
    boolean needsPractice() {
        return this != OTHER_FORMATS;
    }

    /// Whether children start with the pool, and stay. The others come with the first file for
    /// them, and go when there are none.
    boolean isAlwaysThere() {
        return this != OTHER_FORMATS;
    }
}
