package dev.darkroom.sync.cdc.repair;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Holds the thread that calls it at a share of one processor, measured by what it really took.
final class Throttle {
    private static final long LONGEST = Duration.ofSeconds(1).toNanos();

    private double share;
    private long cpu = cpuTime();
    private long owed;

    Throttle(double share) {
        this.share = share;
    }

    void setShare(double newShare) {
        share = newShare;
        owed = 0;
    }

    /// Rests for as long as the work since the last call demands, a second at the most.
    void rest() throws InterruptedException {
        long now = cpuTime();
        long worked = now - cpu;
        cpu = now;
        owed += (long) (worked / share - worked);
        long rest = Math.min(owed, LONGEST);
        if (rest > 0) {
            Thread.sleep(Duration.ofNanos(rest));
            owed -= rest;
        }
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
