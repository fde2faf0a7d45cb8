package dev.darkroom.sync.cdc.repair;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// What one table's topic says of its rows, in 34 to 67 bytes a row.
///
/// It may be wrong in rare cases (a value left out by an update that was never seen, two digests
/// that meet), and then names a row as different that is not; so it only chooses the rows that are
/// looked at closely. It is never wrong in the other direction but for digests that meet.
final class TopicDigest {
    private final JsonDigest digests;
    private final KeyDigests keys = new KeyDigests();

    /// The large values of rows that have some: an update that leaves one alone does not tell it.
    private final Map<Long, Map<String, Long>> large = new HashMap<>();

    /// Rows with such a value that was never seen.
    private final Set<Long> partial = new HashSet<>();

    private long records;

    TopicDigest(JsonDigest digests) {
        this.digests = digests;
    }

    KeyDigests keys() {
        return keys;
    }

    long records() {
        return records;
    }

    /// About what is held in memory.
    long bytes() {
        return keys.bytes() + 300L * large.size() + 60L * partial.size();
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        records++;
        long lsn = Long.parseLong(header(record, "lsn"));
        byte[] key = record.key();
        if (key == null) {
            keys.truncate(lsn);
            return;
        }
        long digest = digests.ofKey(key);
        if (header(record, "op").equals("d")) {
            if (keys.put(digest, lsn, 0, true)) {
                large.remove(digest);
                partial.remove(digest);
            }
            return;
        }
        JsonDigest.Row row = digests.ofRow(record.value());
        Map<String, Long> before = large.get(digest);
        long whole = row.row();
        boolean complete = true;
        for (String column : row.unchanged()) {
            Long left = before == null ? null : before.get(column);
            complete &= left != null;
            whole += left == null ? 0 : left;
        }
        if (keys.put(digest, lsn, whole, false)) {
            keepLarge(digest, row, before, complete);
        }
    }

    private void keepLarge(
            long digest, JsonDigest.Row row, @Nullable Map<String, Long> before, boolean complete) {
        Map<String, Long> now = row.large();
        if (before != null) {
            for (String column : row.unchanged()) {
                Long left = before.get(column);
                if (left != null) {
                    now.put(column, left);
                }
            }
        }
        if (now.isEmpty()) {
            large.remove(digest);
        } else {
            large.put(digest, now);
        }
        if (complete) {
            partial.remove(digest);
        } else {
            partial.add(digest);
        }
    }

    /// Whether the topic's row is this one, as far as it can be told.
    boolean agrees(int place, long key, long row) {
        return !keys.isGone(place) && (keys.row(place) == row) && !partial.contains(key);
    }

    /// Takes over what a close look has found.
    void correct(long key, long lsn, long row) {
        int place = keys.find(key);
        if (place != KeyDigests.ABSENT && keys.lsn(place) == lsn) {
            keys.replace(place, row);
            partial.remove(key);
        }
    }

    void clear() {
        keys.clear();
        large.clear();
        partial.clear();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
