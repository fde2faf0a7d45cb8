package dev.darkroom.streams;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How far someone has read: for each topic and partition the next offset.
///
/// As a text it is short and safe in a header: `assets:0=12,1=7;thumbnails:0=3`. Topics of changes
/// stand there by their table.
///
/// @param next topic, then partition, then the next offset
public record Position(SortedMap<String, SortedMap<Integer, Long>> next) {
    private static final Pattern TOPIC =
            Pattern.compile("([A-Za-z0-9_-]{1,200}):((?:\\d{1,9}=\\d{1,18},?)*)");
    private static final Pattern PARTITION = Pattern.compile("(\\d{1,9})=(\\d{1,18})");

    public Position {
        SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
        next.forEach(
                (topic, offsets) ->
                        copy.put(topic, Collections.unmodifiableSortedMap(new TreeMap<>(offsets))));
        next = Collections.unmodifiableSortedMap(copy);
    }

    /// Reads what [#toString()] wrote.
    public static Position of(String text) {
        SortedMap<String, SortedMap<Integer, Long>> next = new TreeMap<>();
        for (String part : text.split(";", -1)) {
            Matcher topic = TOPIC.matcher(part);
            if (!topic.matches()) {
                throw new IllegalArgumentException(
                        "not a position, such as assets:0=12,1=7 : " + text);
            }
            SortedMap<Integer, Long> offsets = new TreeMap<>();
            Matcher offset = PARTITION.matcher(topic.group(2));
            while (offset.find()) {
                offsets.put(Integer.valueOf(offset.group(1)), Long.valueOf(offset.group(2)));
            }
            next.put(ChangeRecord.TOPIC_PREFIX + topic.group(1), offsets);
        }
        return new Position(next);
    }

    /// The next offset of a partition. One that the position does not name has come into being
    /// since, and is read from its beginning.
    public long next(String topic, int partition) {
        Map<Integer, Long> offsets = next.get(topic);
        return offsets == null ? 0 : offsets.getOrDefault(partition, 0L);
    }

    @Override
    public String toString() {
        return next.entrySet().stream()
                .map(
                        topic ->
                                topic.getKey().substring(ChangeRecord.TOPIC_PREFIX.length())
                                        + topic.getValue().entrySet().stream()
                                                .map(o -> o.getKey() + "=" + o.getValue())
                                                .collect(Collectors.joining(",", ":", "")))
                .collect(Collectors.joining(";"));
    }
}
