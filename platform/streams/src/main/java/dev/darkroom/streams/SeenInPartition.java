package dev.darkroom.streams;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// What [SeenChanges] knows of one partition.
final class SeenInPartition {
    /// More than the engine ever has in flight (32 MB). Only topics of before these headers get
    /// here: of those, the last so many are remembered.
    private static final int MOST = 1 << 17;

    private final Queue<Unsettled> unsettled = new ArrayDeque<>();
    private final Set<Change> changes = new HashSet<>();
    private Place settled = Place.NOWHERE;
    private long settledSince = Long.MAX_VALUE;

    /// A change, by its key's hash.
    private record Change(long key, long lsn) {}

    /// A change that may come again.
    private record Unsettled(long offset, Place place, Change change) {}

    boolean isNew(ConsumerRecord<byte[], byte[]> record, long lsn) {
        settle(record);
        long commit = Place.number(record.headers(), Place.COMMIT, -1);
        // Without a commit nothing is known but that it comes later.
        Place place = new Place(commit < 0 ? lsn : commit, lsn);
        if (commit >= 0 && place.isBefore(settled)) {
            return false;
        }
        Change change = new Change(hash(record.key()), lsn);
        if (!changes.add(change)) {
            return false;
        }
        unsettled.add(new Unsettled(record.offset(), place, change));
        return true;
    }

    /// Forgets what cannot come again without being recognised.
    private void settle(ConsumerRecord<byte[], byte[]> record) {
        Place now = Place.settled(record.headers());
        if (settled.isBefore(now)) {
            settled = now;
            settledSince = record.offset();
        }
        Unsettled oldest = unsettled.peek();
        while (oldest != null && (oldest.place.isBefore(settled) || unsettled.size() >= MOST)) {
            unsettled.remove();
            changes.remove(oldest.change);
            oldest = unsettled.peek();
        }
    }

    /// Back to the oldest change that is not settled, and to the record that says what is.
    long again(long next) {
        Unsettled oldest = unsettled.peek();
        long from = Math.min(settledSince, oldest == null ? Long.MAX_VALUE : oldest.offset);
        return Math.max(0, next - Math.min(from, next));
    }

    /// FNV-1a, mixed. A table that was truncated has no key.
    private static long hash(byte @Nullable [] key) {
        long hash = 0xcbf29ce484222325L;
        if (key != null) {
            for (byte b : key) {
                hash = (hash ^ b) * 0x100000001b3L;
            }
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
