package dev.darkroom.sync.cdc.repair;

import dev.darkroom.schema.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the reconciler has done so far; written by its thread, read by any.
final class Tally {
    private final Map<Table, Long> differing = new EnumMap<>(Table.class);
    private String doing = "not started";
    private long rounds;
    private @Nullable Instant lastRound;
    private long lastRoundMillis;
    private long compared;
    private long keys;
    private long bytes;
    private long behind;
    private long rows;
    private long deletes;
    private @Nullable String problem;

    synchronized void doing(String what) {
        doing = what;
    }

    synchronized void compared(long more) {
        compared += more;
    }

    synchronized void known(TopicFollower follower) {
        keys = follower.keys();
        bytes = follower.bytes();
        behind = follower.lag();
    }

    synchronized void differing(Table table, long count) {
        differing.put(table, count);
    }

    synchronized void republished(long moreRows, long moreDeletes) {
        rows += moreRows;
        deletes += moreDeletes;
    }

    synchronized void roundDone(Duration took) {
        rounds++;
        lastRound = Instant.now();
        lastRoundMillis = took.toMillis();
        problem = null;
    }

    synchronized void failed(Exception e) {
        problem = String.valueOf(e.getMessage());
    }

    synchronized long rowsRepublished() {
        return rows;
    }

    synchronized long deletesRepublished() {
        return deletes;
    }

    synchronized ReconcilerStatus status() {
        return new ReconcilerStatus(
                doing,
                rounds,
                lastRound,
                lastRoundMillis,
                compared,
                keys,
                bytes,
                behind,
                differing.values().stream().mapToLong(count -> count).sum(),
                rows,
                deletes,
                problem);
    }
}
