package dev.darkroom.media.kernel;

import dev.darkroom.media.kernel.Kernel.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The end of a pipe: the other side has closed it, or is dead.
public final class Hangup {

    private Hangup() {}

    /// Waits for it, and for nothing else: what comes through the pipe wakes nobody here.
    ///
    /// @param descriptor the number of the pipe's readable side
    public static void await(Kernel kernel, int descriptor) throws Refused {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wanted = arena.allocate(8, 8);
            wanted.set(ValueLayout.JAVA_INT, 0, descriptor);
            while (true) {
                try {
                    kernel.call("ppoll", wanted.address(), 1, 0, 0, 0);
                    return;
                } catch (Refused e) {
                    if (!e.wasInterrupted()) {
                        throw e;
                    }
                }
            }
        }
    }
}
