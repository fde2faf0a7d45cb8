package dev.darkroom.media.kernel;

import dev.darkroom.media.kernel.Kernel.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A list of places and what may be done there; everything else is forbidden from then on.
///
/// It binds the calling thread and all that it starts, threads and processes, for good. Two lists
/// one after the other allow what both allow. The kernel's own page:
/// [docs.kernel.org/userspace-api/landlock.html](https://docs.kernel.org/userspace-api/landlock.html)
public final class Landlock {

    public static final long EXECUTE = 1;
    public static final long READ_FILE = 1 << 2;
    public static final long READ = READ_FILE | 1 << 3;
    public static final long WRITE_FILE = 1 << 1;

    /// By the version of Landlock: files since 1; renaming since 2; truncating since 3; devices
    /// since 5.
    private static final long[] FILES = {0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff};

    private static final int TCP_SINCE = 4;
    private static final int SIGNALS_SINCE = 6;
    private static final long BIND_AND_CONNECT = 3;
    private static final long ABSTRACT_SOCKETS_AND_SIGNALS = 3;

    /// What can be allowed of a single file.
    private static final long OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15;

    private static final int ASK_FOR_VERSION = 1;
    private static final int BENEATH_A_PATH = 1;
    private static final int AT_CURRENT_DIRECTORY = -100;
    private static final int ONLY_A_HANDLE = 0x200000 | 0x80000; // O_PATH, O_CLOEXEC

    private final Kernel kernel;
    private final int version;
    private final Map<Path, Long> allowed = new LinkedHashMap<>();

    public Landlock(Kernel kernel) throws Refused {
        this.kernel = kernel;
        this.version = (int) kernel.call("landlock_create_ruleset", 0, 0, ASK_FOR_VERSION);
    }

    public int version() {
        return version;
    }

    /// Whether processes outside are safe from this one's signals.
    public boolean coversSignals() {
        return version >= SIGNALS_SINCE;
    }

    /// Everything that can be done with files.
    public long all() {
        return FILES[Math.min(version, FILES.length - 1)];
    }

    /// Places that are not there are left out, as nothing can be done in them.
    public Landlock allow(Path place, long actions) {
        if (Files.exists(place)) {
            allowed.merge(place.toAbsolutePath(), actions & all(), (a, b) -> a | b);
        }
        return this;
    }

    public void restrict() throws Refused {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handled = arena.allocate(24, 8);
            handled.set(ValueLayout.JAVA_LONG, 0, all());
            long size = 8;
            if (version >= TCP_SINCE) {
                handled.set(ValueLayout.JAVA_LONG, 8, BIND_AND_CONNECT);
                size = 16;
            }
            if (version >= SIGNALS_SINCE) {
                handled.set(ValueLayout.JAVA_LONG, 16, ABSTRACT_SOCKETS_AND_SIGNALS);
                size = 24;
            }
            long rules = kernel.call("landlock_create_ruleset", handled.address(), size, 0);
            try {
                for (Map.Entry<Path, Long> rule : allowed.entrySet()) {
                    add(arena, rules, rule.getKey(), rule.getValue());
                }
                kernel.call("landlock_restrict_self", rules, 0);
            } finally {
                kernel.call("close", rules);
            }
        }
    }

    private void add(Arena arena, long rules, Path place, long actions) throws Refused {
        long handle =
                kernel.call(
                        "openat",
                        AT_CURRENT_DIRECTORY,
                        arena.allocateFrom(place.toString()).address(),
                        ONLY_A_HANDLE);
        try {
            MemorySegment rule = arena.allocate(12, 8);
            long possible = Files.isDirectory(place) ? actions : actions & OF_A_FILE;
            rule.set(ValueLayout.JAVA_LONG, 0, possible);
            rule.set(ValueLayout.JAVA_INT, 8, (int) handle);
            kernel.call("landlock_add_rule", rules, BENEATH_A_PATH, rule.address(), 0);
        } finally {
            kernel.call("close", handle);
        }
    }
}
