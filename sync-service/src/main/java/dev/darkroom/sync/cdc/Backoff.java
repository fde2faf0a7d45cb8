package dev.darkroom.sync.cdc;

import java.time.Duration;

/// The growing pause between attempts; a good long run makes it short again.
final class Backoff {
    private static final Duration GOOD_RUN = Duration.ofSeconds(30);

    private final Duration min;
    private final Duration max;
    private Duration next;

    Backoff(Duration min, Duration max) {
        this.min = min;
        this.max = max;
        this.next = min;
    }

    void pauseAfter(Duration run) throws InterruptedException {
        if (run.compareTo(GOOD_RUN) > 0) {
            next = min;
        }
        Thread.sleep(next);
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(max) > 0 ? max : doubled;
    }
}
