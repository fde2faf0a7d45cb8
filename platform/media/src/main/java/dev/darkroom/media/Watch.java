package dev.darkroom.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the system counts for one child: its memory and its processor time. Everything reads as
/// zero where there is no `/proc`, which [Confinement] reports.
final class Watch {

    private static final long PAGE = 4_096;
    private static final long TICKS_IN_A_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int TIMES = 4;

    private final Path memory;
    private final Path times;

    Watch(long pid) {
        memory = Path.of("/proc", Long.toString(pid), "statm");
        times = Path.of("/proc", Long.toString(pid), "stat");
    }

    static boolean works() {
        return Files.isReadable(Path.of("/proc/self/statm"));
    }

    /// Resident memory that belongs to the child alone; files it has mapped do not count.
    long privateBytes() {
        try {
            String[] pages = Files.readString(memory).split(" ", 4);
            return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * PAGE;
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    /// Processor time since it started, in all its threads.
    long cpuNanos() {
        try {
            String line = Files.readString(times);
            // The second field is a name in brackets, which may hold anything.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int i = USER_TIME; i < USER_TIME + TIMES; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks * (1_000_000_000 / TICKS_IN_A_SECOND);
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }
}
