package dev.darkroom.sync.cdc;

import java.util.concurrent.atomic.AtomicLong;

/// How far one instance's stream has come since the process started.
final class Progress {
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong lastLsn = new AtomicLong();

    void published(long records, long lsn) {
        published.addAndGet(records);
        if (lsn > 0) {
            lastLsn.set(lsn);
        }
    }

    long published() {
        return published.get();
    }

    long lastLsn() {
        return lastLsn.get();
    }
}
