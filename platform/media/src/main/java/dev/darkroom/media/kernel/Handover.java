package dev.darkroom.media.kernel;

import dev.darkroom.media.kernel.Kernel.Refused;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One side of a socket through which one process gives another an open file.
///
/// The receiver can read the file whatever it may open by itself. Files are counted on both sides,
/// so that none is ever taken for another.
public final class Handover implements AutoCloseable {

    private static final int LOCAL = 1; // AF_UNIX
    private static final int STREAM_FOR_US = 1 | 0x80000; // SOCK_STREAM, SOCK_CLOEXEC
    private static final int STREAM = 1;
    private static final int LONGEST_PATH = 107;
    private static final int READ_ONLY = 0x80000 | 0x800; // O_CLOEXEC, O_NONBLOCK
    private static final int AT_CURRENT_DIRECTORY = -100;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int RECEIVED_CLOSES_ON_EXEC = 0x40000000;
    private static final int NO_SIGNAL = 0x4000;
    private static final int READABLE = 1;
    private static final int SOCKET_LEVEL = 1;
    private static final int RIGHTS = 1;
    private static final long CONTROL_LENGTH = 20;
    private static final long CONTROL_SPACE = 24;

    private final Kernel kernel;
    private final int socket;
    private byte count;

    /// @param socket the number of an open one
    public Handover(Kernel kernel, int socket) {
        this.kernel = kernel;
        this.socket = socket;
    }

    /// A door at which the other side will knock.
    ///
    /// @param path where no file is yet
    public static Handover listen(Kernel kernel, Path path) throws Refused {
        Handover door = new Handover(kernel, (int) kernel.call("socket", LOCAL, STREAM_FOR_US, 0));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = address(arena, path);
            kernel.call("bind", door.socket, address.address(), address.byteSize());
            kernel.call("listen", door.socket, 1);
            return door;
        } catch (Refused e) {
            door.close();
            throw e;
        }
    }

    /// The door of the other side. The socket stays open when this process becomes another program.
    public static Handover knock(Kernel kernel, Path path) throws Refused {
        Handover side = new Handover(kernel, (int) kernel.call("socket", LOCAL, STREAM, 0));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = address(arena, path);
            kernel.call("connect", side.socket, address.address(), address.byteSize());
            return side;
        } catch (Refused e) {
            side.close();
            throw e;
        }
    }

    /// The number by which this process knows the socket.
    public int socket() {
        return socket;
    }

    /// Whether somebody knocks within so many milliseconds; [#open()] then answers at once.
    public boolean hears(int millis) throws Refused {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wanted = arena.allocate(8, 8);
            wanted.set(ValueLayout.JAVA_INT, 0, socket);
            wanted.set(ValueLayout.JAVA_SHORT, 4, (short) READABLE);
            MemorySegment time = arena.allocate(16, 8);
            time.set(ValueLayout.JAVA_LONG, 0, millis / 1_000);
            time.set(ValueLayout.JAVA_LONG, 8, millis % 1_000 * 1_000_000L);
            return kernel.call("ppoll", wanted.address(), 1, time.address(), 0, 0) > 0;
        } catch (Refused e) {
            if (e.wasInterrupted()) {
                return false;
            }
            throw e;
        }
    }

    public Handover open() throws Refused {
        return new Handover(kernel, (int) kernel.call("accept4", socket, 0, 0, CLOSE_ON_EXEC));
    }

    /// Opens a file for reading and gives it away.
    ///
    /// @throws Refused when it cannot be opened; the other side has been given nothing then
    /// @throws Gone when the other side is not there any more
    public void give(Path file) throws Refused, Gone {
        try (Arena arena = Arena.ofConfined()) {
            long opened =
                    kernel.call(
                            "openat", AT_CURRENT_DIRECTORY, name(arena, file).address(), READ_ONLY);
            try {
                MemorySegment ticket = arena.allocate(1);
                ticket.set(ValueLayout.JAVA_BYTE, 0, ++count);
                MemorySegment message = message(arena, ticket);
                MemorySegment control = arena.allocate(CONTROL_SPACE, 8);
                control.set(ValueLayout.JAVA_LONG, 0, CONTROL_LENGTH);
                control.set(ValueLayout.JAVA_INT, 8, SOCKET_LEVEL);
                control.set(ValueLayout.JAVA_INT, 12, RIGHTS);
                control.set(ValueLayout.JAVA_INT, 16, (int) opened);
                message.set(ValueLayout.ADDRESS, 32, control);
                message.set(ValueLayout.JAVA_LONG, 40, CONTROL_SPACE);
                untilDone("sendmsg", message, NO_SIGNAL);
            } catch (Refused e) {
                throw new Gone(e);
            } finally {
                kernel.call("close", opened);
            }
        }
    }

    /// The other side of a [Handover] does not listen.
    public static final class Gone extends Exception {
        private static final long serialVersionUID = 1L;

        Gone(@Nullable Throwable cause) {
            super("the other side of a handover is gone", cause);
        }
    }

    /// Waits for a file.
    public OpenFile take() throws Refused, Gone {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ticket = arena.allocate(1);
            MemorySegment message = message(arena, ticket);
            MemorySegment control = arena.allocate(CONTROL_SPACE, 8);
            message.set(ValueLayout.ADDRESS, 32, control);
            message.set(ValueLayout.JAVA_LONG, 40, CONTROL_SPACE);
            long bytes = untilDone("recvmsg", message, RECEIVED_CLOSES_ON_EXEC);
            if (bytes == 0
                    || control.get(ValueLayout.JAVA_LONG, 0) != CONTROL_LENGTH
                    || ticket.get(ValueLayout.JAVA_BYTE, 0) != ++count) {
                throw new Gone(null);
            }
            return new OpenFile(kernel, control.get(ValueLayout.JAVA_INT, 16));
        }
    }

    private long untilDone(String call, MemorySegment message, int flags) throws Refused {
        while (true) {
            try {
                return kernel.call(call, socket, message.address(), flags);
            } catch (Refused e) {
                if (!e.wasInterrupted()) {
                    throw e;
                }
            }
        }
    }

    /// @param ticket the one byte that has to go along with a file
    private static MemorySegment message(Arena arena, MemorySegment ticket) {
        MemorySegment vector = arena.allocate(16, 8);
        vector.set(ValueLayout.ADDRESS, 0, ticket);
        vector.set(ValueLayout.JAVA_LONG, 8, 1);
        MemorySegment message = arena.allocate(56, 8);
        message.set(ValueLayout.ADDRESS, 16, vector);
        message.set(ValueLayout.JAVA_LONG, 24, 1);
        return message;
    }

    private static MemorySegment address(Arena arena, Path path) {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IllegalArgumentException(
                    "a socket's path has at most " + LONGEST_PATH + " bytes: " + path);
        }
        MemorySegment address = arena.allocate(2L + name.length + 1, 2);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) LOCAL);
        MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
        return address;
    }

    /// The bytes of a path, which need not be text: its URI has them all.
    private static MemorySegment name(Arena arena, Path file) {
        String text = file.toString();
        if (text.chars().allMatch(c -> c > 0 && c < 128)) {
            return arena.allocateFrom(text, StandardCharsets.US_ASCII);
        }
        String escaped = file.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        bytes.write(0);
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes.toByteArray());
    }

    @Override
    public void close() {
        try {
            kernel.call("close", socket);
        } catch (Refused e) {
            throw new IllegalStateException("a socket is closed once", e);
        }
    }
}
