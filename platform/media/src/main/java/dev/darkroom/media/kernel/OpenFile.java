package dev.darkroom.media.kernel;

import dev.darkroom.media.kernel.Kernel.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A file that another process has opened for this one.
@SuppressWarnings("restricted") // giving memory its size is what mapping means
public final class OpenFile implements AutoCloseable {

    private static final int FROM_THE_END = 2;
    private static final int READ = 1;
    private static final int PRIVATE = 2;

    private final Kernel kernel;
    private final int descriptor;

    OpenFile(Kernel kernel, int descriptor) {
        this.kernel = kernel;
        this.descriptor = descriptor;
    }

    public long size() throws Refused {
        return kernel.call("lseek", descriptor, 0, FROM_THE_END);
    }

    /// Its content in memory, until the arena is closed; this object may be closed before.
    ///
    /// @param size more than 0
    public MemorySegment map(long size, Arena arena) throws Refused {
        long address = kernel.call("mmap", 0, size, READ, PRIVATE, descriptor, 0);
        return MemorySegment.ofAddress(address)
                .reinterpret(size, arena, all -> unmap(all.address(), size))
                .asReadOnly();
    }

    private void unmap(long address, long size) {
        try {
            kernel.call("munmap", address, size);
        } catch (Refused e) {
            throw new IllegalStateException("memory is given back once", e);
        }
    }

    @Override
    public void close() {
        try {
            kernel.call("close", descriptor);
        } catch (Refused e) {
            throw new IllegalStateException("a file is closed once", e);
        }
    }
}
