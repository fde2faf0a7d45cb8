package dev.darkroom.media;

import dev.darkroom.media.child.Faults;

/// A pool as in a service, whose children end when they are given `fault-exit.jpg`.
public final class AccidentPool {
    private AccidentPool() {}

    public static MediaPool open(MediaOptions options) {
        return new MediaPool(options, Faults.class.getName());
    }
}
