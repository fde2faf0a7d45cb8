package dev.darkroom.streams;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How far someone has read: for each topic and partition the next offset, and how many records
/// before it have to be looked at again, since what follows may repeat them.
///
/// As a text it is short and safe in a header: `assets:0=12-3,1=7;thumbnails:0=3`. Topics of
/// changes stand there by their table.
///
/// @param next topic, then partition, then the next offset
/// @param again topic, then partition, then how many records; none where it names none
public record Position(
        SortedMap<String, SortedMap<Integer, Long>> next,
        SortedMap<String, SortedMap<Integer, Long>> again) {
    private static final Pattern TOPIC =
            Pattern.compile("([A-Za-z0-9_-]{1,200}):((?:\\d{1,9}=\\d{1,18}(?:-\\d{1,9})?,?)*)");
    private static final Pattern PARTITION =
            Pattern.compile("(\\d{1,9})=(\\d{1,18})(?:-(\\d{1,9}))?");

    public Position {
        next = copy(next);
        again = copy(again);
    }

    /// Nothing before it matters.
    public Position(SortedMap<String, SortedMap<Integer, Long>> next) {
        this(next, new TreeMap<>());
    }

    private static SortedMap<String, SortedMap<Integer, Long>> copy(
            SortedMap<String, SortedMap<Integer, Long>> numbers) {
        SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
        numbers.forEach(
                (topic, of) ->
                        copy.put(topic, Collections.unmodifiableSortedMap(new TreeMap<>(of))));
        return Collections.unmodifiableSortedMap(copy);
    }

    /// Reads what [#toString()] wrote.
    public static Position of(String text) {
        SortedMap<String, SortedMap<Integer, Long>> next = new TreeMap<>();
        SortedMap<String, SortedMap<Integer, Long>> again = new TreeMap<>();
        for (String part : text.split(";", -1)) {
            Matcher topic = TOPIC.matcher(part);
            if (!topic.matches()) {
                throw new IllegalArgumentException(
                        "not a position, such as assets:0=12-3,1=7 : " + text);
            }
            String name = ChangeRecord.TOPIC_PREFIX + topic.group(1);
            next.put(name, new TreeMap<>());
            Matcher offset = PARTITION.matcher(topic.group(2));
            while (offset.find()) {
                Integer partition = Integer.valueOf(offset.group(1));
                put(next, name, partition, Long.parseLong(offset.group(2)));
                if (offset.group(3) != null) {
                    put(again, name, partition, Long.parseLong(offset.group(3)));
                }
            }
        }
        return new Position(next, again);
    }

    /// The next offset of a partition. One that the position does not name has come into being
    /// since, and is read from its beginning.
    public long next(String topic, int partition) {
        return number(next, topic, partition);
    }

    /// How many records before that have to be looked at again.
    public long again(String topic, int partition) {
        return number(again, topic, partition);
    }

    static void put(
            SortedMap<String, SortedMap<Integer, Long>> numbers,
            String topic,
            int partition,
            long number) {
        numbers.computeIfAbsent(topic, _ -> new TreeMap<>()).put(partition, number);
    }

    private static long number(
            SortedMap<String, SortedMap<Integer, Long>> numbers, String topic, int partition) {
        Map<Integer, Long> of = numbers.get(topic);
        return of == null ? 0 : of.getOrDefault(partition, 0L);
    }

    @Override
    public String toString() {
        return next.entrySet().stream()
                .map(
                        topic ->
                                topic.getKey().substring(ChangeRecord.TOPIC_PREFIX.length())
                                        + topic.getValue().entrySet().stream()
                                                .map(o -> text(topic.getKey(), o))
                                                .collect(Collectors.joining(",", ":", "")))
                .collect(Collectors.joining(";"));
    }

    private String text(String topic, Map.Entry<Integer, Long> offset) {
        long back = again(topic, offset.getKey());
        return offset.getKey() + "=" + offset.getValue() + (back == 0 ? "" : "-" + back);
    }
}
