package dev.darkroom.sync.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The few functions of Linux's C library that we need. Each answers -1 for failure and leaves
/// `errno` in the segment that it was given for this.
@SuppressWarnings("restricted") // calling C is what this class is for
final class Libc {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int EMFILE = 24;
    static final int ENOSPC = 28;
    static final int ELOOP = 40;
    static final int ESTALE = 116;

    static final int O_RDONLY = 0;
    static final int O_CLOEXEC = 0x80000;
    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int STATX_BASIC_STATS = 0x7ff;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");

    private static final MethodHandle OPENAT =
            find("openat", 3, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE =
            find("close", -1, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle GETDENTS =
            find("getdents64", -1, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle INOTIFY_INIT =
            find("inotify_init1", -1, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle INOTIFY_ADD =
            find(
                    "inotify_add_watch",
                    -1,
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle INOTIFY_REMOVE =
            find("inotify_rm_watch", -1, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle EVENTFD =
            find("eventfd", -1, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            find("read", -1, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            find("write", -1, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle POLL =
            find("poll", -1, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle STATX =
            find(
                    "statx",
                    -1,
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));

    private Libc() {}

    /// Whether this is a Linux whose C library has what we need.
    static boolean isAvailable() {
        return Present.YES;
    }

    private static final class Present {
        static final boolean YES =
                System.getProperty("os.name", "").equals("Linux")
                        && LINKER.defaultLookup().find("getdents64").isPresent()
                        && LINKER.defaultLookup().find("statx").isPresent();
    }

    /// Memory for `errno`.
    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    static int openat(MemorySegment state, int folder, MemorySegment name, int flags) {
        try {
            return (int) OPENAT.invokeExact(state, folder, name, flags);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static void close(MemorySegment state, int descriptor) {
        try {
            // Linux has closed it whatever the answer is.
            int _ = (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static long getdents(MemorySegment state, int folder, MemorySegment buffer) {
        try {
            return (long) GETDENTS.invokeExact(state, folder, buffer, buffer.byteSize());
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int statx(
            MemorySegment state, int folder, MemorySegment name, int flags, MemorySegment answer) {
        try {
            return (int) STATX.invokeExact(state, folder, name, flags, STATX_BASIC_STATS, answer);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int inotifyInit(MemorySegment state, int flags) {
        try {
            return (int) INOTIFY_INIT.invokeExact(state, flags);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int inotifyAdd(MemorySegment state, int inotify, MemorySegment path, int mask) {
        try {
            return (int) INOTIFY_ADD.invokeExact(state, inotify, path, mask);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int inotifyRemove(MemorySegment state, int inotify, int watch) {
        try {
            return (int) INOTIFY_REMOVE.invokeExact(state, inotify, watch);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static int eventfd(MemorySegment state, int flags) {
        try {
            return (int) EVENTFD.invokeExact(state, 0, flags);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static long read(MemorySegment state, int descriptor, MemorySegment into) {
        try {
            return (long) READ.invokeExact(state, descriptor, into, into.byteSize());
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static long write(MemorySegment state, int descriptor, MemorySegment bytes) {
        try {
            return (long) WRITE.invokeExact(state, descriptor, bytes, bytes.byteSize());
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Waits for one of some `struct pollfd`.
    static int poll(MemorySegment state, MemorySegment polled, int count, int millis) {
        try {
            return (int) POLL.invokeExact(state, polled, (long) count, millis);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// What the number of an error means, in the words that people search for.
    static String reason(int errno) {
        return switch (errno) {
            case EPERM -> "operation not permitted";
            case EACCES -> "permission denied";
            case EIO -> "input/output error";
            case EMFILE -> "too many open files";
            case ENOENT -> "no such file or folder";
            case ENOTDIR -> "not a folder";
            case ELOOP -> "a symbolic link";
            case ESTALE -> "stale file handle";
            default -> "error " + errno + " of the operating system";
        };
    }

    private static MethodHandle find(String name, int variadic, FunctionDescriptor shape) {
        SymbolLookup symbols = LINKER.defaultLookup();
        MemorySegment symbol = symbols.findOrThrow(name);
        return variadic < 0
                ? LINKER.downcallHandle(symbol, shape, CAPTURE)
                : LINKER.downcallHandle(
                        symbol, shape, CAPTURE, Linker.Option.firstVariadicArg(variadic));
    }

    private static IllegalStateException impossible(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(
                "a call into the C library has another shape than its header says", cause);
    }
}
