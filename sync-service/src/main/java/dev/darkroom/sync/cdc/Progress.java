package dev.darkroom.sync.cdc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// How far one instance's stream has come since the process started.
final class Progress {
    private final LongAdder published = new LongAdder();
    private final AtomicLong lastLsn = new AtomicLong();

    void published() {
        published.increment();
    }

    void confirmed(long lsn) {
        lastLsn.set(lsn);
    }

    long recordsPublished() {
        return published.sum();
    }

    long lastLsn() {
        return lastLsn.get();
    }
}
