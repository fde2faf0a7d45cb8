package dev.darkroom.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SeenChangesTest {
    private final SeenChanges seen = new SeenChanges();
    private long offset;

    /// A change in a transaction of its own.
    private boolean isNew(String key, long lsn, long settled) {
        return isNew(seen, record(key, lsn, lsn + 1, settled));
    }

    private static boolean isNew(SeenChanges seen, ConsumerRecord<byte[], byte[]> record) {
        return seen.isNew(record, ChangeRecord.lsnOf(record).orElseThrow());
    }

    private ConsumerRecord<byte[], byte[]> record(String key, long lsn, long commit, long settled) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("cdc.assets", 0, offset++, key.getBytes(UTF_8), new byte[0]);
        record.headers().add("lsn", Long.toString(lsn).getBytes(UTF_8));
        if (commit > 0) {
            record.headers().add("commit", Long.toString(commit).getBytes(UTF_8));
            record.headers().add("settled", (settled + "/0").getBytes(UTF_8));
        }
        return record;
    }

    @Test
    void takesEachChangeOnce() {
        assertThat(isNew("a", 5, 0)).isTrue();
        assertThat(isNew("a", 5, 0)).isFalse();
        assertThat(isNew("a", 6, 0)).isTrue();
        assertThat(isNew("b", 5, 0)).isTrue();
        assertThat(seen.duplicates()).isEqualTo(1);
    }

    @Test
    void knowsARepeatOfLongAgoByWhatIsSettled() {
        // given
        for (int i = 1; i <= 300_000; i++) {
            assertThat(isNew("k", i * 10L, i * 10L - 50)).isTrue();
        }

        // when, then
        assertThat(isNew("k", 10, 0)).isFalse();
        assertThat(isNew("other", 2_999_000, 0)).isFalse();
        assertThat(isNew("k", 3_000_000, 0)).isFalse();
        assertThat(seen.again("cdc.assets", 0, offset)).isLessThan(20);
    }

    /// Its first change stands long before others that are settled, and it was not committed yet.
    @Test
    void takesTheChangesOfALongTransactionThatCommitsAfterOthers() {
        assertThat(isNew("a", 100, 90)).isTrue();
        assertThat(isNew("b", 200, 190)).isTrue();

        assertThat(isNew(seen, record("late", 50, 300, 250))).isTrue();
        assertThat(isNew(seen, record("late", 50, 300, 250))).isFalse();
    }

    /// A batch that Kafka refused for good, while the one behind it was taken: the first comes
    /// later.
    @Test
    void takesAChangeThatComesBehindALaterOne() {
        assertThat(isNew("b", 200, 90)).isTrue();

        assertThat(isNew("a", 100, 90)).isTrue();
        assertThat(isNew("b", 200, 90)).isFalse();
    }

    @Test
    void remembersTheLastOnesOfATopicFromBeforeTheseHeaders() {
        for (int i = 0; i < 200_000; i++) {
            isNew(seen, record("k" + i, i, 0, 0));
        }
        for (int i = 100_000; i < 200_000; i++) {
            assertThat(isNew(seen, record("k" + i, i, 0, 0))).as("change %d", i).isFalse();
        }
    }

    /// An engine that dies again and again, and a reader that goes on elsewhere after every record.
    @Test
    void whoeverLooksAgainAsToldKnowsTheSame() {
        // given
        List<ConsumerRecord<byte[], byte[]>> log = logOfAnEngineThatDies(new Random(7), 30);

        // when
        Set<String> taken = new HashSet<>();
        long next = 0;
        long again = 0;
        for (ConsumerRecord<byte[], byte[]> record : log) {
            SeenChanges resumed = new SeenChanges();
            log.subList((int) (next - again), (int) next).forEach(r -> isNew(resumed, r));
            if (isNew(resumed, record)) {
                String change = new String(record.key(), UTF_8) + ChangeRecord.lsnOf(record);
                assertThat(taken.add(change)).as(change).isTrue();
            }
            next = record.offset() + 1;
            again = resumed.again(record.topic(), record.partition(), next);
        }

        // then
        assertThat(taken).hasSize(600);
    }

    /// 200 transactions of 3 changes, published by runs of which each begins where its predecessor
    /// had confirmed, which is behind what was acknowledged.
    private List<ConsumerRecord<byte[], byte[]>> logOfAnEngineThatDies(Random random, int lives) {
        List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
        int confirmed = 0;
        for (int life = 0; life <= lives; life++) {
            int end = life == lives ? 200 : Math.min(200, confirmed + random.nextInt(40));
            int acknowledged = confirmed;
            for (int transaction = confirmed; transaction < end; transaction++) {
                acknowledged = Math.max(acknowledged, transaction - random.nextInt(10));
                for (int i = 0; i < 3; i++) {
                    // Odd ones began long before.
                    long lsn = transaction * 100L + 50 + i - (transaction % 2) * 300L;
                    log.add(
                            record(
                                    "k" + transaction % 5,
                                    lsn + 1_000,
                                    transaction * 100L + 1_099,
                                    acknowledged * 100L + 1_099));
                }
            }
            confirmed = Math.max(confirmed, acknowledged - random.nextInt(5));
        }
        return log;
    }
}
