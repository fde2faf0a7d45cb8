package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.sync.files.Settling.Seen;
import dev.darkroom.sync.files.Settling.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private Instant time = NOW;
    private final Settling settling = new Settling(Duration.ofSeconds(1), new TestClock());

    @Test
    void aFileThatChangedLongAgoHasSettledAtOnce() {
        FileStat old = file(10, NOW.minusSeconds(60), NOW.minusSeconds(60));

        assertThat(judge(null, old)).isEqualTo(new Verdict.Settled());
    }

    @Test
    void aFileThatHasJustChangedWaitsForTheRestOfTheTime() {
        FileStat young = file(10, NOW.minusMillis(300), NOW.minusMillis(300));

        assertThat(waiting(null, young).after()).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void aFileThatGrowsWaitsAsLongAsItGrows() {
        @Nullable Seen seen = null;
        for (int i = 0; i < 50; i++) {
            Verdict.Wait wait = waiting(seen, file(i, time, time));
            seen = wait.seen();
            time = time.plus(wait.after()).minusMillis(1);
        }
    }

    @Test
    void aFileThatStaysTheSameSettles() {
        FileStat same = file(10, NOW, NOW);
        Verdict.Wait wait = waiting(null, same);
        time = time.plus(wait.after());

        assertThat(judge(wait.seen(), same)).isEqualTo(new Verdict.Settled());
    }

    @Test
    void aFileWithAnOldModificationTimeIsYoungWhenItsInodeIs() {
        FileStat copied = file(10, NOW.minus(900, ChronoUnit.DAYS), NOW);

        assertThat(waiting(null, copied).after()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aFileFromTheFutureDoesNotWaitForEver() {
        FileStat future = file(10, NOW.plus(900, ChronoUnit.DAYS), NOW.plus(900, ChronoUnit.DAYS));
        Verdict.Wait wait = waiting(null, future);
        time = time.plus(wait.after());

        assertThat(wait.after()).isEqualTo(Duration.ofSeconds(1));
        assertThat(judge(wait.seen(), future)).isEqualTo(new Verdict.Settled());
    }

    @Test
    void aModificationTimeInTheFutureDoesNotHideThatTheFileIsOld() {
        FileStat future = file(10, NOW.plus(900, ChronoUnit.DAYS), NOW.minusSeconds(60));

        assertThat(judge(null, future)).isEqualTo(new Verdict.Settled());
    }

    @Test
    void aFileThatIsReplacedByOneOfTheSameSizeWaitsAgain() {
        FileStat before = new FileStat(10, 5, micros(NOW), 1, 1, 1);
        Verdict.Wait wait = waiting(null, before);
        time = time.plusMillis(900);
        FileStat after = new FileStat(10, 5, micros(time), 1, 2, 1);

        assertThat(waiting(wait.seen(), after).after()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aFileThatWasClosedWaitsForLess() {
        FileStat closed = file(10, NOW, NOW);

        assertThat(settling.judge(Optional.empty(), closed, true))
                .isEqualTo(new Verdict.Wait(Duration.ofMillis(250), new Seen(closed, NOW)));
    }

    @Test
    void aClockThatWasSetBackMakesItLookOnceMore() {
        FileStat same = file(10, NOW, NOW);
        Verdict.Wait wait = waiting(null, same);
        time = time.minusSeconds(3_600);
        Verdict.Wait again = waiting(wait.seen(), same);
        time = time.plus(again.after());

        assertThat(again.after()).isEqualTo(Duration.ofSeconds(1));
        assertThat(judge(again.seen(), same)).isEqualTo(new Verdict.Settled());
    }

    @Test
    void withoutASettleTimeNothingWaits() {
        FileStat young = file(10, NOW, NOW);

        assertThat(
                        new Settling(Duration.ZERO, new TestClock())
                                .judge(Optional.empty(), young, false))
                .isEqualTo(new Verdict.Settled());
    }

    @Test
    void refusesANegativeTime() {
        assertThatThrownBy(() -> new Settling(Duration.ofSeconds(-1), new TestClock()))
                .hasMessageContaining("PT-1S");
    }

    private Verdict judge(@Nullable Seen before, FileStat now) {
        return settling.judge(Optional.ofNullable(before), now, false);
    }

    private Verdict.Wait waiting(@Nullable Seen before, FileStat now) {
        Verdict verdict = judge(before, now);
        assertThat(verdict).isInstanceOf(Verdict.Wait.class);
        return (Verdict.Wait) verdict;
    }

    private static FileStat file(long size, Instant modified, Instant changed) {
        return new FileStat(size, micros(modified), micros(changed), 1, 1, 1);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /// Shows the time that a test sets.
    private final class TestClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time;
        }
    }
}
