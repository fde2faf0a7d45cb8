package dev.darkroom.sync.files;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Decides whether a file is still being written, from what it looks like now and what it looked
/// like before.
///
/// A file has settled when it looked the same for the settle time: same size, same times, same
/// inode. What the file system says of the last change counts as having looked: a file whose ctime
/// is older than the settle time need not be looked at twice. The modification time alone proves
/// nothing, programs set it to whatever they like while they still write.
public final class Settling {
    /// What is known about a file that may still be written.
    ///
    /// @param stat what it looked like when it was first seen in this state
    /// @param since when that was
    public record Seen(FileStat stat, Instant since) {}

    /// What to do with a file.
    public sealed interface Verdict {
        /// It is complete as far as one can tell.
        record Settled() implements Verdict {}

        /// Look again.
        ///
        /// @param after how long from now
        /// @param seen what to compare with then
        record Wait(Duration after, Seen seen) implements Verdict {}
    }

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

    private final Duration settleTime;
    private final Duration closedTime;
    private final Clock clock;

    /// @param settleTime how long a file must look the same; 0 never waits
    public Settling(Duration settleTime, Clock clock) {
        if (settleTime.isNegative()) {
            throw new IllegalArgumentException("settle time must not be negative: " + settleTime);
        }
        this.settleTime = settleTime;
        this.closedTime = settleTime.dividedBy(4);
        this.clock = clock;
    }

    /// Decides.
    ///
    /// @param before what `Wait` gave the last time, if the file was seen before
    /// @param now what it looks like now
    /// @param closed whether a program has closed it after writing: a quarter of the time is enough
    ///   then, as some programs open a file several times before they are done with it
    public Verdict judge(Optional<Seen> before, FileStat now, boolean closed) {
        Instant time = clock.instant();
        Duration needed = closed ? closedTime : settleTime;
        Seen seen = before.filter(b -> isSame(b, now, time)).orElseGet(() -> new Seen(now, time));
        Instant unchangedSince = earlier(seen.since, lastChange(now, time));
        Duration left = needed.minus(Duration.between(unchangedSince, time));
        if (!left.isPositive()) {
            return new Verdict.Settled();
        }
        return new Verdict.Wait(left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left, seen);
    }

    /// A clock that was set back would make every file young for as long as it was set back.
    private static boolean isSame(Seen before, FileStat now, Instant time) {
        return before.stat.sameContentAs(now) && !before.since.isAfter(time);
    }

    /// When the system's clock last saw the file change. In the future (the clock of a file server
    /// runs ahead, or ours was set back) it says nothing, and the file is watched instead.
    private static Instant lastChange(FileStat stat, Instant time) {
        Instant changed =
                stat.changedMicros() >= stat.modifiedMicros() || stat.modified().isAfter(time)
                        ? stat.changed()
                        : stat.modified();
        return changed.isAfter(time) ? time.plus(1, ChronoUnit.DAYS) : changed;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
