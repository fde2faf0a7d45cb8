package dev.darkroom.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The changes of some tables, each once, filtered, with a [Position] to go on from.
///
/// Whoever goes on from a position gets what comes after it: nothing is left out, nothing comes
/// again. For one thread, but for [#wakeup()].
public final class ChangeFeed implements AutoCloseable {
    private final TopicReader reader;
    private final ChangeFilter filter;
    private final SeenChanges seen = new SeenChanges();
    private SortedMap<String, SortedMap<Integer, Long>> next = new TreeMap<>();
    private SortedMap<String, SortedMap<Integer, Long>> again = new TreeMap<>();
    private final SortedMap<String, SortedMap<Integer, Long>> resumedAt = new TreeMap<>();

    private ChangeFeed(TopicReader reader, ChangeFilter filter) {
        this.reader = reader;
        this.filter = filter;
    }

    /// A change and where to go on after it.
    public record Event(ChangeRecord change, Position after) {}

    /// Reads from a place on.
    ///
    /// @throws NoSuchTable when one of the tables has no topic
    public static ChangeFeed open(
            TopicReader reader, Collection<String> tables, ChangeFilter filter, StartAt start) {
        ChangeFeed feed = new ChangeFeed(reader, filter);
        feed.assign(tables);
        reader.seek(start);
        feed.next = mutable(reader.position().next());
        return feed;
    }

    /// Goes on from a position.
    ///
    /// @throws NoSuchTable when one of the tables has no topic
    /// @throws TopicReader.PositionGone when that place is not in a topic
    public static ChangeFeed resume(
            TopicReader reader, Collection<String> tables, ChangeFilter filter, Position position) {
        ChangeFeed feed = new ChangeFeed(reader, filter);
        feed.assign(tables);
        for (var topic : reader.position().next().entrySet()) {
            for (int partition : topic.getValue().keySet()) {
                Position.put(
                        feed.resumedAt,
                        topic.getKey(),
                        partition,
                        position.next(topic.getKey(), partition));
            }
        }
        feed.next = mutable(feed.resumedAt);
        feed.again = mutable(position.again());
        reader.seek(position);
        return feed;
    }

    private void assign(Collection<String> tables) {
        List<String> topics = tables.stream().map(t -> ChangeRecord.TOPIC_PREFIX + t).toList();
        var there = reader.topics();
        for (String topic : topics) {
            if (!there.contains(topic)) {
                throw new NoSuchTable(
                        topic.substring(ChangeRecord.TOPIC_PREFIX.length()),
                        there.stream()
                                .filter(ChangeRecord::isChangeTopic)
                                .map(t -> t.substring(ChangeRecord.TOPIC_PREFIX.length()))
                                .toList());
            }
        }
        reader.assign(topics);
    }

    /// What came, at most this long waited for.
    public List<Event> poll(Duration wait) {
        List<Event> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(wait)) {
            ChangeRecord change = ChangeRecord.of(record);
            boolean isNew = seen.isNew(record, change.lsn());
            if (record.offset() >= resumedAt(record)) {
                long after = record.offset() + 1;
                Position.put(next, record.topic(), record.partition(), after);
                Position.put(
                        again,
                        record.topic(),
                        record.partition(),
                        seen.again(record.topic(), record.partition(), after));
                if (isNew && filter.matches(change)) {
                    events.add(new Event(change, position()));
                }
            }
        }
        return events;
    }

    private long resumedAt(ConsumerRecord<byte[], byte[]> record) {
        var offsets = resumedAt.get(record.topic());
        return offsets == null ? 0 : offsets.getOrDefault(record.partition(), 0L);
    }

    /// Where to go on after all that [#poll(Duration)] has returned.
    public Position position() {
        return new Position(next, again);
    }

    /// Ends a [#poll(Duration)] that is waiting. From any thread.
    public void wakeup() {
        reader.wakeup();
    }

    @Override
    public void close() {
        reader.close();
    }

    private static SortedMap<String, SortedMap<Integer, Long>> mutable(
            SortedMap<String, SortedMap<Integer, Long>> numbers) {
        SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
        numbers.forEach((topic, of) -> copy.put(topic, new TreeMap<>(of)));
        return copy;
    }

    /// A table whose changes are on no topic.
    public static final class NoSuchTable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchTable(String table, Collection<String> there) {
            super("there are no changes of " + table + "; there are: " + String.join(", ", there));
        }
    }
}
