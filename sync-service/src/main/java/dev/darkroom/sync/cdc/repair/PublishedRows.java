package dev.darkroom.sync.cdc.repair;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/// How far the stream has come, seen from both of its ends: the log's and the topics'.
final class PublishedRows {
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TableReader reader;
    private final TopicFollower follower;
    private final LongSupplier published;
    private final Throttle throttle;

    /// @param published the position in the log up to which Kafka has acknowledged everything
    PublishedRows(
            TableReader reader, TopicFollower follower, LongSupplier published, Throttle throttle) {
        this.reader = reader;
        this.follower = follower;
        this.published = published;
        this.throttle = throttle;
    }

    /// Reads what the topics have got.
    ///
    /// @return how many records came
    int follow() throws InterruptedException {
        int records = follower.follow(Duration.ZERO);
        throttle.rest();
        return records;
    }

    /// Reads the topics to where they end now, however long that takes.
    void catchUp() throws InterruptedException {
        Map<TopicPartition, Long> ends = follower.ends();
        long deadline = deadline();
        while (!follower.hasReached(ends)) {
            if (follower.follow(LOOK) > 0) {
                deadline = deadline();
            }
            requireTime(deadline);
            throttle.rest();
        }
    }

    /// Waits until everything that is committed now is published and known here.
    ///
    /// @throws StreamBehind when the stream does not come on: it stopped, or is far behind
    void settle() throws SQLException, InterruptedException {
        long position = reader.position();
        long deadline = deadline();
        long reached = published.getAsLong();
        while (Long.compareUnsigned(reached, position) < 0) {
            requireTime(deadline);
            reader.touchHeartbeat();
            follower.follow(LOOK);
            throttle.rest();
            long now = published.getAsLong();
            if (now != reached) {
                deadline = deadline();
                reached = now;
            }
        }
        catchUp();
    }

    private static long deadline() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    private static void requireTime(long deadline) {
        if (System.nanoTime() > deadline) {
            throw new StreamBehind("the stream did not come on for " + PATIENCE);
        }
    }

    /// The stream is so far behind that comparing makes no sense now.
    static final class StreamBehind extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StreamBehind(String message) {
            super(message);
        }
    }
}
