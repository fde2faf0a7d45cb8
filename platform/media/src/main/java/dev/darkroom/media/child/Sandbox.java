package dev.darkroom.media.child;

import dev.darkroom.media.kernel.Handover;
import dev.darkroom.media.kernel.Kernel;
import dev.darkroom.media.kernel.Kernel.Refused;
import dev.darkroom.media.kernel.Landlock;
import dev.darkroom.media.kernel.Seccomp;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a child gives away for good before it reads its first byte: rights, sockets, places to
/// write, programs to start.
///
/// Landlock binds one thread and what it starts, and a virtual machine has started many before our
/// code runs. So a child has two lives under one process id: a small virtual machine gives the
/// rights away and becomes the real one, where every thread is born without them. Each measure is
/// tried by itself; one that this system does not have is left out and reported.
public final class Sandbox {

    /// Set for a child's first life: the folder of its own, where it may write.
    public static final String SCRATCH = "DARKROOM_MEDIA_SCRATCH";

    /// Set for a child's first life: where it knocks to be handed open files; without it the child
    /// opens files itself.
    public static final String DOOR = "DARKROOM_MEDIA_DOOR";

    /// Set by the first life for the second: the number of the socket through which files come.
    private static final String SOCKET = "DARKROOM_MEDIA_SOCKET";

    /// Set by the first life for the second: what came of it, a measure on each line.
    private static final String OUTCOME = "DARKROOM_MEDIA_CONFINEMENT";

    private static final int NO_NEW_PRIVILEGES = 38;
    private static final int CAPABILITIES_VERSION = 0x20080522;
    private static final int READ_FILES_OF_OTHERS = 1 << 2;
    private static final int PROCESSES = 6;
    private static final int MOST_TASKS = 512;

    private static final List<String> PROGRAMS =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/opt", "/nix/store");

    /// What programs and libraries of the system look into; no keys, no passwords, no other
    /// process.
    private static final List<String> SYSTEM =
            List.of(
                    "/proc/self",
                    "/proc/cgroups",
                    "/proc/cpuinfo",
                    "/proc/filesystems",
                    "/proc/meminfo",
                    "/proc/stat",
                    "/proc/sys",
                    "/proc/version",
                    "/sys/devices/system",
                    "/sys/fs/cgroup",
                    "/sys/kernel/mm",
                    "/dev/zero",
                    "/dev/random",
                    "/dev/urandom",
                    "/etc/alternatives",
                    "/etc/fonts",
                    "/etc/ld.so.cache",
                    "/etc/localtime",
                    "/etc/timezone");

    /// Folders of ours that a child's command line names.
    private static final List<String> OWN_FOLDERS =
            List.of("java.home", "darkroom.media.ffmpeg", "darkroom.media.archives");

    private final Kernel kernel = new Kernel();
    private final List<String> outcome = new ArrayList<>();
    private @Nullable Handover files;

    private Sandbox() {}

    /// What a child has given away.
    ///
    /// @param report one sentence per measure
    /// @param files where its files come from; null when it opens them itself
    record Entered(List<String> report, @Nullable Handover files) {}

    /// A child's first life; the arguments are the command of its second.
    public static void main(String[] arguments) throws Refused, IOException {
        Main.offerToTheOutOfMemoryKiller(); // afterwards it may not
        Sandbox sandbox = new Sandbox();
        sandbox.giveAway(Path.of(System.getenv(SCRATCH)));
        sandbox.startAnew();
    }

    /// What came of the first life, in the second.
    static Entered enter() {
        String outcome = System.getenv(OUTCOME);
        String socket = System.getenv(SOCKET);
        return new Entered(
                outcome == null ? List.of() : outcome.lines().toList(),
                socket == null ? null : new Handover(new Kernel(), Integer.parseInt(socket)));
    }

    /// Once everything that the virtual machine starts has been started.
    static String forbidProcesses() {
        try {
            Seccomp.forbidProcesses(new Kernel());
            return "yes: children can start no process (seccomp)";
        } catch (Refused e) {
            return "no: children can start processes, because " + e.getMessage();
        }
    }

    private void giveAway(Path scratch) {
        measure("children can gain rights", this::giveUpRights);
        measure("children can start any number of processes", this::limitProcesses);
        measure("children can write and signal where the service can", () -> lockFiles(scratch));
        measure("children can open sockets", this::closeSockets);
    }

    private interface Measure {
        String take() throws Refused, IOException;
    }

    private void measure(String otherwise, Measure measure) {
        try {
            outcome.add(measure.take());
        } catch (Refused | IOException e) {
            outcome.add("no: " + otherwise + ", because " + e.getMessage());
        }
    }

    /// The namespace of all users is the only one in which a file can belong to somebody whom root
    /// may read only with a capability.
    private String giveUpRights() throws Refused, IOException {
        kernel.call("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0);
        long held = capabilities();
        int kept = ownUserNamespace() ? 0 : (int) held & READ_FILES_OF_OTHERS;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(8, 8);
            header.set(ValueLayout.JAVA_INT, 0, CAPABILITIES_VERSION);
            MemorySegment sets = arena.allocate(24, 8);
            sets.set(ValueLayout.JAVA_INT, 0, kept);
            sets.set(ValueLayout.JAVA_INT, 4, kept);
            kernel.call("capset", header.address(), sets.address());
        }
        return "yes: children have no capabilities "
                + (kept == 0 ? "" : "but to read files of other users, as the service can, ")
                + "and cannot gain any (no_new_privs)";
    }

    /// Root is exempt from this limit, and outside a namespace of its own the child would share it
    /// with the service.
    private String limitProcesses() throws Refused, IOException {
        if (!ownUserNamespace()) {
            return "no: children have no user namespace of their own, so the system does not count"
                    + " their processes";
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(16, 8);
            limit.set(ValueLayout.JAVA_LONG, 0, MOST_TASKS);
            limit.set(ValueLayout.JAVA_LONG, 8, MOST_TASKS);
            kernel.call("prlimit64", 0, PROCESSES, limit.address(), 0);
        }
        return "yes: children have a user namespace of their own, with at most "
                + MOST_TASKS
                + " threads and processes"
                + (outsideUser().equals("0") ? ", from which root is exempt" : "");
    }

    private String lockFiles(Path scratch) throws Refused {
        Landlock places = new Landlock(kernel);
        places.allow(scratch, places.all() & ~Landlock.EXECUTE);
        places.allow(Path.of("/dev/null"), Landlock.READ_FILE | Landlock.WRITE_FILE);
        long program = Landlock.READ | Landlock.EXECUTE;
        PROGRAMS.forEach(folder -> places.allow(Path.of(folder), program));
        for (String property : OWN_FOLDERS) {
            String folder = System.getProperty(property);
            if (folder != null) {
                places.allow(Path.of(folder), program);
            }
        }
        outcome.add(lockReading(places));
        places.restrict();
        return "yes: children write only into a folder of their own"
                + (places.coversSignals() ? " and signal nobody" : "")
                + " (Landlock "
                + places.version()
                + ")";
    }

    /// Without a way to be handed files a child must be able to open them all.
    private String lockReading(Landlock places) {
        String door = System.getenv(DOOR);
        String obstacle = "the pool has no socket for that";
        if (door != null) {
            try {
                files = Handover.knock(kernel, Path.of(door));
            } catch (Refused e) {
                obstacle = String.valueOf(e.getMessage());
            }
        }
        if (files == null) {
            places.allow(Path.of("/"), Landlock.READ);
            return "no: children can read what the service can read instead of being handed one file,"
                    + " because "
                    + obstacle;
        }
        SYSTEM.forEach(place -> places.allow(Path.of(place), Landlock.READ));
        ClassPath.places(System.getProperty("java.class.path"))
                .forEach(place -> places.allow(place, Landlock.READ));
        return "yes: children can open nothing but the system's and our own libraries; they are handed the"
                + " one file they read";
    }

    private String closeSockets() throws Refused {
        Seccomp.forbidWhatNobodyNeeds(kernel);
        return "yes: children open no sockets, mount nothing and look into no other process (seccomp)";
    }

    /// The environment is the same, without our order and with what came of it.
    private void startAnew() throws Refused, IOException {
        List<String> environment = new ArrayList<>();
        for (String variable : words("/proc/self/environ")) {
            if (!variable.startsWith(SCRATCH + "=") && !variable.startsWith(DOOR + "=")) {
                environment.add(variable);
            }
        }
        if (files != null) {
            environment.add(SOCKET + "=" + files.socket());
        }
        byte[] lines = String.join("\n", outcome).getBytes(StandardCharsets.UTF_8);
        environment.add(OUTCOME + "=" + new String(lines, StandardCharsets.ISO_8859_1));
        List<String> words = words("/proc/self/cmdline");
        int second = words.indexOf(Sandbox.class.getName()) + 1;
        kernel.become(words.subList(second, words.size()), environment);
    }

    /// One character for each byte.
    private static List<String> words(String file) throws IOException {
        String all = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        return List.of(all.split("\0"));
    }

    private static boolean ownUserNamespace() throws IOException {
        return !userMap().matches("(?s)\\s*0\\s+0\\s+4294967295\\s*");
    }

    private static String outsideUser() throws IOException {
        return userMap().strip().split("\\s+", 3)[1];
    }

    private static String userMap() throws IOException {
        return Files.readString(Path.of("/proc/self/uid_map"));
    }

    private static long capabilities() throws IOException {
        Matcher permitted =
                Pattern.compile("CapPrm:\\s*([0-9a-f]+)")
                        .matcher(Files.readString(Path.of("/proc/self/status")));
        return permitted.find() ? Long.parseUnsignedLong(permitted.group(1), 16) : 0;
    }
}
