package dev.darkroom.sync.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One instance of Linux's inotify. Everything but `wake` belongs to one thread at a time.
final class Inotify implements AutoCloseable {
    static final int MODIFY = 0x2;
    static final int ATTRIB = 0x4;
    static final int CLOSE_WRITE = 0x8;
    static final int MOVED_FROM = 0x40;
    static final int MOVED_TO = 0x80;
    static final int CREATE = 0x100;
    static final int DELETE = 0x200;
    static final int DELETE_SELF = 0x400;
    static final int MOVE_SELF = 0x800;
    static final int UNMOUNT = 0x2000;
    static final int OVERFLOW = 0x4000;
    static final int IGNORED = 0x8000;
    static final int IS_FOLDER = 0x4000_0000;

    private static final int ONLY_FOLDERS = 0x100_0000;
    private static final int NOT_UNLINKED = 0x400_0000;
    private static final int MASK =
            MODIFY
                    | ATTRIB
                    | CLOSE_WRITE
                    | MOVED_FROM
                    | MOVED_TO
                    | CREATE
                    | DELETE
                    | DELETE_SELF
                    | MOVE_SELF
                    | ONLY_FOLDERS
                    | NOT_UNLINKED;
    private static final int CLOEXEC_NONBLOCK = 0x80800;
    private static final short POLLIN = 1;
    private static final short POLLPRI = 2;
    private static final int BUFFER = 256 * 1024;
    private static final int HEADER = 16;

    /// Takes one event.
    interface Listener {
        /// Takes it.
        ///
        /// @param name the text of the entry's name, empty if the event is about the folder itself
        void event(int watch, int mask, int cookie, String name);
    }

    /// No more watches, or instances, for this user.
    static final class LimitReached extends IOException {
        private static final long serialVersionUID = 1L;

        LimitReached(String message) {
            super(message);
        }
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = Libc.state(arena);
    private final MemorySegment wakeState = Libc.state(arena);
    private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
    private final MemorySegment path = arena.allocate(64);
    private final MemorySegment polled = arena.allocate(24, 4);
    private final MemorySegment buffer = arena.allocate(BUFFER, 8);
    private final byte[] name = new byte[1024];
    private final byte[] text = new byte[1024 * PathText.GROWTH];
    private final int inotify;
    private final int wakeUp;
    private final int mounts;

    /// @throws LimitReached if this user has all the instances that a user may have
    Inotify() throws IOException {
        inotify = Libc.inotifyInit(state, CLOEXEC_NONBLOCK);
        if (inotify < 0) {
            int errno = Libc.errno(state);
            arena.close();
            if (errno == Libc.EMFILE) {
                throw new LimitReached("fs.inotify.max_user_instances, or open files of a process");
            }
            throw new IOException("inotify_init1: " + Libc.reason(errno));
        }
        wakeUp = Libc.eventfd(state, CLOEXEC_NONBLOCK);
        if (wakeUp < 0) {
            IOException failure = new IOException("eventfd: " + Libc.reason(Libc.errno(state)));
            Libc.close(state, inotify);
            arena.close();
            throw failure;
        }
        // Without it, what is mounted later is found by the next scan only.
        path.setString(0, "/proc/self/mountinfo");
        mounts = Libc.openat(state, Libc.AT_FDCWD, path, Libc.O_RDONLY | Libc.O_CLOEXEC);
        polled.set(JAVA_INT, 0, inotify);
        polled.set(JAVA_SHORT, 4, POLLIN);
        polled.set(JAVA_INT, 8, wakeUp);
        polled.set(JAVA_SHORT, 12, POLLIN);
        polled.set(JAVA_INT, 16, mounts);
        polled.set(JAVA_SHORT, 20, POLLPRI);
    }

    /// Watches a folder that is open, whatever it is called now.
    ///
    /// @return the number that its events have; a folder has one, however often it is added
    /// @throws LimitReached if this user has all the watches that a user may have
    int add(OpenFolder folder) throws IOException {
        path.setString(0, "/proc/self/fd/" + folder.descriptor());
        int watch = Libc.inotifyAdd(state, inotify, path, MASK);
        if (watch < 0) {
            int errno = Libc.errno(state);
            if (errno == Libc.ENOSPC) {
                throw new LimitReached("fs.inotify.max_user_watches");
            }
            throw new IOException(Libc.reason(errno));
        }
        return watch;
    }

    /// Watches a folder no longer. It may be gone already.
    void remove(int watch) {
        int _ = Libc.inotifyRemove(state, inotify, watch);
    }

    /// Waits for events, for `wake`, for mounts, or for the time to pass.
    ///
    /// @return whether something was mounted or unmounted, anywhere
    boolean await(Duration time) {
        int millis = Math.clamp(time.toMillis(), 0, Integer.MAX_VALUE);
        int ready = Libc.poll(state, polled, 3, millis);
        return ready > 0 && (polled.get(JAVA_SHORT, 22) & POLLPRI) != 0;
    }

    /// Tells the events that have come, without waiting.
    ///
    /// @return whether there were any
    boolean read(Listener listener) throws IOException {
        long bytes = Libc.read(state, inotify, buffer);
        if (bytes < 0) {
            int errno = Libc.errno(state);
            if (errno == Libc.EAGAIN || errno == Libc.EINTR) {
                return false;
            }
            throw new IOException("inotify cannot be read: " + Libc.reason(errno));
        }
        long at = 0;
        while (at < bytes) {
            int length = buffer.get(JAVA_INT, at + 12);
            listener.event(
                    buffer.get(JAVA_INT, at),
                    buffer.get(JAVA_INT, at + 4),
                    buffer.get(JAVA_INT, at + 8),
                    name(at + HEADER, length));
            at += HEADER + length;
        }
        return bytes > 0;
    }

    private String name(long at, int length) {
        int used = Math.min(length, name.length);
        MemorySegment.copy(buffer, JAVA_BYTE, at, name, 0, used);
        int end = 0;
        while (end < used && name[end] != 0) {
            end++;
        }
        int textLength = PathText.encode(name, 0, end, text, 0);
        return new String(text, 0, textLength, StandardCharsets.UTF_8);
    }

    /// Ends an `await`, from any thread, as long as this is not closed.
    void wake() {
        long _ = Libc.write(wakeState, wakeUp, one);
    }

    @Override
    public void close() {
        Libc.close(state, inotify);
        Libc.close(state, wakeUp);
        if (mounts >= 0) {
            Libc.close(state, mounts);
        }
        arena.close();
    }
}
