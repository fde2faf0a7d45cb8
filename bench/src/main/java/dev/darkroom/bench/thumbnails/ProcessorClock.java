package dev.darkroom.bench.thumbnails;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collection;

/// The processor time of other processes in nanoseconds, all their threads together, the ones that
/// have ended too.
@SuppressWarnings("restricted") // asks the C library
public final class ProcessorClock {

    private static final MethodHandle CLOCK_GETTIME =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker()
                                    .defaultLookup()
                                    .find("clock_gettime")
                                    .orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS));

    private ProcessorClock() {}

    public static long nanos(Collection<ProcessHandle> processes) {
        return processes.stream().mapToLong(process -> nanos(process.pid())).sum();
    }

    private static long nanos(long process) {
        // How Linux numbers the clock of a process: see clock_getcpuclockid(3).
        int clock = (int) (~process << 3 | 2);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16);
            if ((int) CLOCK_GETTIME.invokeExact(clock, time) != 0) {
                return 0; // it has ended
            }
            return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000
                    + time.get(ValueLayout.JAVA_LONG, 8);
        } catch (Throwable e) {
            throw new IllegalStateException("the clock of process " + process + " is silent", e);
        }
    }
}
