package dev.darkroom.media.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The way to the Linux kernel, for the calls that neither Java nor the C library has.
@SuppressWarnings("restricted") // calling C is what this class is for
public final class Kernel {

    /// A call that the kernel refused.
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int errno;

        Refused(String call, int errno) {
            super(call + " answers " + inWords(errno));
            this.errno = errno;
        }

        /// A signal came in between; nothing has happened yet.
        boolean wasInterrupted() {
            return errno == 4;
        }

        private static String inWords(int errno) {
            return switch (errno) {
                case 1 -> "EPERM: not permitted";
                case 2 -> "ENOENT: no such file";
                case 13 -> "EACCES: permission denied";
                case 19 -> "ENODEV: no file of this kind";
                case 20 -> "ENOTDIR: no such folder";
                case 24 -> "EMFILE: too many open files";
                case 32 -> "EPIPE: the other side is gone";
                case 40 -> "ELOOP: too many links";
                case 22 -> "EINVAL";
                case 38 -> "ENOSYS, as this kernel does not have it";
                case 95 -> "EOPNOTSUPP, as it is switched off in this kernel";
                default -> "error " + errno;
            };
        }
    }

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final int MOST_ARGUMENTS = 6;

    /// Whether this is Linux on a processor whose calls we know.
    public static boolean isHere() {
        return Calls.areKnown();
    }

    private final Calls calls = Calls.ofThisMachine();
    private final Linker linker = Linker.nativeLinker();
    private final MethodHandle syscall;

    public Kernel() {
        MemoryLayout[] numberAndArguments = new MemoryLayout[1 + MOST_ARGUMENTS];
        Arrays.fill(numberAndArguments, ValueLayout.JAVA_LONG);
        syscall =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("syscall"),
                        FunctionDescriptor.of(ValueLayout.JAVA_LONG, numberAndArguments),
                        Linker.Option.captureCallState("errno"),
                        Linker.Option.firstVariadicArg(1));
    }

    Calls calls() {
        return calls;
    }

    /// Makes one call and gives its answer.
    ///
    /// @param arguments numbers, or addresses of memory
    public long call(String name, long... arguments) throws Refused {
        long number = calls.number(name);
        long[] six = Arrays.copyOf(arguments, MOST_ARGUMENTS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result =
                    (long)
                            syscall.invokeExact(
                                    state, number, six[0], six[1], six[2], six[3], six[4], six[5]);
            if (result == -1) {
                throw new Refused(name, (int) ERRNO.get(state, 0L));
            }
            return result;
        } catch (Refused | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call to the kernel has another shape", e);
        }
    }

    /// Becomes another program under the same process id, and so returns only when that fails.
    ///
    /// @param command the program and its arguments; they and the environment are bytes, one
    ///   character for each
    public void become(List<String> command, List<String> environment) throws Refused {
        MethodHandle execve =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("execve"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS),
                        Linker.Option.captureCallState("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int _ =
                    (int)
                            execve.invokeExact(
                                    state,
                                    word(arena, command.getFirst()),
                                    words(arena, command),
                                    words(arena, environment));
            throw new Refused("execve", (int) ERRNO.get(state, 0L));
        } catch (Refused | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("execve has another shape", e);
        }
    }

    private static MemorySegment words(Arena arena, List<String> words) {
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, words.size() + 1L);
        for (int i = 0; i < words.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, word(arena, words.get(i)));
        }
        return array; // ends with a null, as all allocated memory is zero
    }

    private static MemorySegment word(Arena arena, String word) {
        return arena.allocateFrom(word, StandardCharsets.ISO_8859_1);
    }
}
