package dev.darkroom.media.kernel;

import dev.darkroom.media.kernel.Kernel.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Filters that make the kernel refuse calls to this process and all that it starts, for good.
public final class Seccomp {

    private static final int SET_MODE_FILTER = 1;
    private static final int ALL_THREADS = 1;

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int NOT_PERMITTED = 0x00050001;
    private static final int NO_SUCH_CALL = 0x00050026;

    private static final int CLONE_THREAD = 0x00010000;

    private final Kernel kernel;
    private final List<long[]> program = new ArrayList<>();

    private Seccomp(Kernel kernel) {
        this.kernel = kernel;
        add(LOAD, ARCHITECTURE, 0, 0);
        add(IF_EQUAL, kernel.calls().audit(), 1, 0);
        add(RETURN, KILL, 0, 0);
        add(LOAD, NUMBER, 0, 0);
        add(IF_AT_LEAST, kernel.calls().foreign(), 0, 1);
        add(RETURN, NOT_PERMITTED, 0, 0);
    }

    /// Takes away sockets and everything else that a reader of files has no use for.
    public static void forbidWhatNobodyNeeds(Kernel kernel) throws Refused {
        Seccomp filter = new Seccomp(kernel);
        for (int call : kernel.calls().forbidden()) {
            filter.answer(call, NOT_PERMITTED);
        }
        filter.add(RETURN, ALLOW, 0, 0);
        filter.install();
    }

    /// Takes away starting processes; threads can still be started.
    public static void forbidProcesses(Kernel kernel) throws Refused {
        Seccomp filter = new Seccomp(kernel);
        for (int call : kernel.calls().startingOtherThanClone()) {
            filter.answer(call, NOT_PERMITTED);
        }
        // The C library asks clone3 first and takes this answer as a hint to ask clone.
        filter.answer(kernel.calls().number("clone3"), NO_SUCH_CALL);
        filter.add(IF_EQUAL, kernel.calls().number("clone"), 1, 0);
        filter.add(RETURN, ALLOW, 0, 0);
        filter.add(LOAD, FIRST_ARGUMENT, 0, 0);
        filter.add(IF_ANY_BIT, CLONE_THREAD, 1, 0);
        filter.add(RETURN, NOT_PERMITTED, 0, 0);
        filter.add(RETURN, ALLOW, 0, 0);
        filter.install();
    }

    private void answer(int call, int answer) {
        add(IF_EQUAL, call, 0, 1);
        add(RETURN, answer, 0, 0);
    }

    private void add(int code, long operand, int ifTrue, int ifFalse) {
        program.add(new long[] {code, ifTrue, ifFalse, operand});
    }

    private void install() throws Refused {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment filter = arena.allocate(8L * program.size(), 8);
            for (int i = 0; i < program.size(); i++) {
                long[] step = program.get(i);
                filter.set(ValueLayout.JAVA_SHORT, 8L * i, (short) step[0]);
                filter.set(ValueLayout.JAVA_BYTE, 8L * i + 2, (byte) step[1]);
                filter.set(ValueLayout.JAVA_BYTE, 8L * i + 3, (byte) step[2]);
                filter.set(ValueLayout.JAVA_INT, 8L * i + 4, (int) step[3]);
            }
            MemorySegment whole = arena.allocate(16, 8);
            whole.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
            whole.set(ValueLayout.ADDRESS, 8, filter);
            long odd = kernel.call("seccomp", SET_MODE_FILTER, ALL_THREADS, whole.address());
            if (odd != 0) {
                throw new IllegalStateException("thread " + odd + " cannot be filtered");
            }
        }
    }
}
