package dev.darkroom.sync.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A folder of Linux by its descriptor: `openat`, `getdents64` and `statx`, relative to it. So no
/// path is ever too long, and nothing is looked up twice.
final class LinuxFolder implements OpenFolder {
    private static final int FLAGS =
            Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
    private static final int LOOK_FLAGS = Libc.AT_SYMLINK_NOFOLLOW | Libc.AT_NO_AUTOMOUNT;
    private static final byte[] UP = {'.', '.'};

    /// Memory for calls into the C library, of one thread.
    static final class Memory {
        private static final int ENTRIES_BYTES = 128 * 1024;
        private static final int NAME_BYTES = 4096;
        private static final int STATX_BYTES = 256;

        final MemorySegment state;
        private final MemorySegment name;
        private final MemorySegment answer;
        private final MemorySegment entries;
        private final byte[] entriesCopy = new byte[ENTRIES_BYTES];
        private byte[] nameCopy = new byte[NAME_BYTES];

        Memory(Arena arena) {
            state = Libc.state(arena);
            name = arena.allocate(NAME_BYTES);
            answer = arena.allocate(STATX_BYTES, 8);
            entries = arena.allocate(ENTRIES_BYTES, 8);
        }

        /// A name as C wants it. Only one lives at a time.
        private MemorySegment name(byte[] text, int from, int to) throws IOException {
            byte[] bytes = text;
            int start = from;
            int end = to;
            if (!PathText.isPlain(text, from, to)) {
                if (nameCopy.length < to - from) {
                    nameCopy = new byte[to - from];
                }
                bytes = nameCopy;
                start = 0;
                end = PathText.decode(text, from, to, nameCopy, 0);
            }
            if (end - start >= NAME_BYTES) {
                throw new IOException("a name of " + (end - start) + " bytes is too long");
            }
            MemorySegment.copy(bytes, start, name, JAVA_BYTE, 0, end - start);
            name.set(JAVA_BYTE, end - start, (byte) 0);
            return name;
        }

        private MemorySegment noName() {
            name.set(JAVA_BYTE, 0, (byte) 0);
            return name;
        }
    }

    private final Memory memory;
    private final int descriptor;
    private final Look self = new Look();

    private LinuxFolder(Memory memory, int descriptor) throws IOException {
        this.memory = memory;
        this.descriptor = descriptor;
        int answer =
                Libc.statx(
                        memory.state,
                        descriptor,
                        memory.noName(),
                        Libc.AT_EMPTY_PATH,
                        memory.answer);
        if (answer < 0) {
            IOException failure = failure(memory);
            close();
            throw failure;
        }
        read(self);
    }

    /// Opens the root by an ordinary path; here a link is followed.
    static LinuxFolder root(Memory memory, Path path) throws IOException {
        // A Path knows its exact bytes only as a URI.
        String raw = path.toAbsolutePath().normalize().toUri().getRawPath();
        byte[] bytes = new byte[raw.length() + 1];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes[length++] = (byte) Integer.parseInt(raw, i + 1, i + 3, 16);
                i += 2;
            } else {
                bytes[length++] = (byte) raw.charAt(i);
            }
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(length + 1L);
            MemorySegment.copy(bytes, 0, name, JAVA_BYTE, 0, length);
            int descriptor =
                    Libc.openat(memory.state, Libc.AT_FDCWD, name, FLAGS & ~Libc.O_NOFOLLOW);
            if (descriptor < 0) {
                throw failure(memory);
            }
            return new LinuxFolder(memory, descriptor);
        }
    }

    @Override
    public long device() {
        return self.device;
    }

    @Override
    public long inode() {
        return self.inode;
    }

    @Override
    public boolean isMountPoint() {
        return self.mountPoint;
    }

    @Override
    public void list(Listing into) throws IOException {
        byte[] entries = memory.entriesCopy;
        while (true) {
            int bytes = (int) Libc.getdents(memory.state, descriptor, memory.entries);
            if (bytes < 0) {
                throw failure(memory);
            }
            if (bytes == 0) {
                return;
            }
            MemorySegment.copy(memory.entries, JAVA_BYTE, 0, entries, 0, bytes);
            int next = 0;
            while (next < bytes) {
                next += add(entries, next, into);
            }
        }
    }

    /// Adds one `struct linux_dirent64`.
    ///
    /// @return its length
    private int add(byte[] entries, int at, Listing into) throws IOException {
        int length = Short.toUnsignedInt(memory.entries.get(JAVA_SHORT, at + 16));
        int from = at + 19;
        // The name's zero is in the last eight bytes; what follows it may be rubbish.
        int to = Math.max(from, at + length - 8);
        while (entries[to] != 0) {
            to++;
        }
        boolean dots =
                entries[from] == '.'
                        && (to == from + 1 || (to == from + 2 && entries[from + 1] == '.'));
        if (!dots) {
            EntryType type =
                    switch (entries[at + 18]) {
                        case 0 -> unknownType(entries, from, to);
                        case 4 -> EntryType.FOLDER;
                        case 8 -> EntryType.FILE;
                        case 10 -> EntryType.LINK;
                        default -> EntryType.SPECIAL;
                    };
            into.add(entries, from, to, type);
        }
        return length;
    }

    /// Some file systems do not say what is behind a name.
    private EntryType unknownType(byte[] entries, int from, int to) throws IOException {
        MemorySegment.copy(entries, from, memory.name, JAVA_BYTE, 0, to - from + 1);
        if (Libc.statx(memory.state, descriptor, memory.name, LOOK_FLAGS, memory.answer) < 0) {
            if (Libc.errno(memory.state) == Libc.ENOENT) {
                // It is found missing when its turn comes.
                return EntryType.FILE;
            }
            throw failure(memory);
        }
        return type(memory.answer.get(JAVA_SHORT, 28));
    }

    @Override
    public void look(byte[] name, int from, int to, Look look) throws IOException {
        MemorySegment native_ = memory.name(name, from, to);
        if (Libc.statx(memory.state, descriptor, native_, LOOK_FLAGS, memory.answer) < 0) {
            throw failure(memory);
        }
        read(look);
    }

    @Override
    public OpenFolder open(byte[] name, int from, int to) throws IOException {
        int opened = Libc.openat(memory.state, descriptor, memory.name(name, from, to), FLAGS);
        if (opened < 0) {
            throw failure(memory);
        }
        return new LinuxFolder(memory, opened);
    }

    @Override
    public OpenFolder openParent() throws IOException {
        return open(UP, 0, UP.length);
    }

    @Override
    public Path pathOf(byte[] name, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = PathText.decode(name, from, to, bytes, 0);
        StringBuilder uri =
                new StringBuilder("file:///proc/self/fd/").append(descriptor).append('/');
        for (int i = 0; i < length; i++) {
            uri.append(String.format("%%%02x", bytes[i]));
        }
        return Path.of(URI.create(uri.toString()));
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        Libc.close(memory.state, descriptor);
    }

    /// Reads a `struct statx`, which is the same on every processor.
    private void read(Look look) {
        MemorySegment answer = memory.answer;
        look.mountPoint = (answer.get(JAVA_LONG, 8) & 0x2000) != 0;
        look.links = answer.get(JAVA_INT, 16);
        look.type = type(answer.get(JAVA_SHORT, 28));
        look.inode = answer.get(JAVA_LONG, 32);
        look.size = answer.get(JAVA_LONG, 40);
        look.changedMicros = FileStat.micros(answer.get(JAVA_LONG, 96), answer.get(JAVA_INT, 104));
        look.modifiedMicros =
                FileStat.micros(answer.get(JAVA_LONG, 112), answer.get(JAVA_INT, 120));
        look.device = device(answer.get(JAVA_INT, 136), answer.get(JAVA_INT, 140));
    }

    static EntryType type(int mode) {
        return switch (mode & 0xf000) {
            case 0x4000 -> EntryType.FOLDER;
            case 0x8000 -> EntryType.FILE;
            case 0xa000 -> EntryType.LINK;
            default -> EntryType.SPECIAL;
        };
    }

    /// The number that `stat` shows for a device.
    private static long device(int major, int minor) {
        return (major & 0xfffL) << 8
                | (major & 0xfffff000L) << 32
                | (minor & 0xffL)
                | (minor & 0xffffff00L) << 12;
    }

    private static IOException failure(Memory memory) {
        int errno = Libc.errno(memory.state);
        return switch (errno) {
            case Libc.ENOENT -> new NoSuchFileException("");
            case Libc.ENOTDIR, Libc.ELOOP -> new NotAFolder();
            default -> new IOException(Libc.reason(errno));
        };
    }
}
