package dev.darkroom.media;

import dev.darkroom.media.child.Faults;

/// A pool as in a service, whose children that use native decoders end when they are given a
/// picture of a certain name.
public final class AccidentPool {
    /// A name for any picture but a JPEG.
    public static final String KILLER = "native-fault-exit.png";

    private AccidentPool() {}

    public static MediaPool open(MediaOptions options) {
        return new MediaPool(options, Faults.class.getName());
    }
}
