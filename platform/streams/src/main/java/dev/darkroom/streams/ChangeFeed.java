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
    /// So many records of each partition before a position are looked at again, since what follows
    /// may repeat them.
    private static final long BACK = 2_000;

    private final TopicReader reader;
    private final ChangeFilter filter;
    private final SeenChanges seen = new SeenChanges();
    private SortedMap<String, SortedMap<Integer, Long>> next = new TreeMap<>();
    private SortedMap<String, SortedMap<Integer, Long>> resumedAt = new TreeMap<>();

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
        feed.next = mutable(reader.position());
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
        reader.seek(position, BACK);
        reader.position()
                .next()
                .forEach(
                        (topic, offsets) ->
                                offsets.keySet()
                                        .forEach(
                                                partition ->
                                                        set(
                                                                feed.resumedAt,
                                                                topic,
                                                                partition,
                                                                position.next(topic, partition))));
        feed.next = mutable(new Position(feed.resumedAt));
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
            boolean isNew = seen.isNew(change);
            if (record.offset() >= resumedAt(record)) {
                set(next, record.topic(), record.partition(), record.offset() + 1);
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
        return new Position(next);
    }

    /// Ends a [#poll(Duration)] that is waiting. From any thread.
    public void wakeup() {
        reader.wakeup();
    }

    @Override
    public void close() {
        reader.close();
    }

    private static SortedMap<String, SortedMap<Integer, Long>> mutable(Position position) {
        SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
        position.next().forEach((topic, offsets) -> copy.put(topic, new TreeMap<>(offsets)));
        return copy;
    }

    private static void set(
            SortedMap<String, SortedMap<Integer, Long>> offsets,
            String topic,
            int partition,
            long offset) {
        offsets.computeIfAbsent(topic, _ -> new TreeMap<>()).put(partition, offset);
    }

    /// A table whose changes are on no topic.
    public static final class NoSuchTable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchTable(String table, Collection<String> there) {
            super("there are no changes of " + table + "; there are: " + String.join(", ", there));
        }
    }
}
