package dev.darkroom.command.rebuild;

import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.KeyLookup;
import dev.darkroom.streams.RowHistory;
import dev.darkroom.streams.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What rows were at a time, from the log alone.
public final class AsOf implements AutoCloseable {
    private static final int FETCH = 32 << 20;
    private static final String ASSETS = "assets";
    private static final String ASSET_ID = "asset_id";

    private final String bootstrapServers;
    private final TopicReader reader;

    public AsOf(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.reader = new TopicReader(bootstrapServers, "darkroom-as-of", FETCH);
    }

    /// What the log says.
    ///
    /// @param rows those that existed at the time, by table
    /// @param histories all that were found, whenever they existed, by table
    /// @param records how many records were read for it
    public record Answer(
            Instant time,
            LogReach reach,
            Map<String, List<Row>> rows,
            Map<String, List<RowHistory>> histories,
            long records,
            Duration took) {
        /// Whether the row that was asked for, or any of the asset's, existed.
        public boolean isEmpty() {
            return rows.values().stream().allMatch(List::isEmpty);
        }
    }

    /// A row as it was.
    ///
    /// @param last the change that made it so
    /// @param changes how many there had been
    public record Row(ObjectNode row, ChangeRecord last, int changes) {}

    /// An asset and all rows of other tables that name it.
    public Answer asset(String assetId, Instant time) {
        long begun = System.nanoTime();
        List<String> topics =
                reader.topics().stream()
                        .filter(ChangeRecord::isChangeTopic)
                        // The asset itself first.
                        .sorted(Comparator.comparing(topic -> !topic.endsWith("." + ASSETS)))
                        .toList();
        LogReach reach = LogReach.of(bootstrapServers, reader, topics);
        KeyLookup lookup = new KeyLookup(reader);
        Map<String, List<RowHistory>> histories = new LinkedHashMap<>();
        ObjectNode key = JsonMapper.shared().createObjectNode().put(ASSET_ID, assetId);
        for (String topic : topics) {
            String table = topic.substring(ChangeRecord.TOPIC_PREFIX.length());
            histories.put(
                    table,
                    table.equals(ASSETS)
                            ? List.of(lookup.row(table, key))
                            : List.copyOf(lookup.rowsWith(table, ASSET_ID, assetId).values()));
        }
        return answer(time, reach, histories, lookup, begun);
    }

    /// One row of a table.
    ///
    /// @param keyText its key as JSON, or its values with slashes between them
    /// @throws IllegalArgumentException when there is no such table, or the key does not fit it
    public Answer row(String table, String keyText, Instant time) {
        long begun = System.nanoTime();
        String topic = ChangeRecord.TOPIC_PREFIX + table;
        Set<String> topics = reader.topics();
        if (!topics.contains(topic)) {
            throw new IllegalArgumentException("there are no changes of " + table);
        }
        LogReach reach = LogReach.of(bootstrapServers, reader, List.of(topic));
        KeyLookup lookup = new KeyLookup(reader);
        List<RowHistory> found =
                lookup.key(table, keyText).map(key -> lookup.row(table, key)).stream().toList();
        return answer(time, reach, Map.of(table, found), lookup, begun);
    }

    private static Answer answer(
            Instant time,
            LogReach reach,
            Map<String, List<RowHistory>> histories,
            KeyLookup lookup,
            long begun) {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        histories.forEach(
                (table, found) -> {
                    List<Row> there = new ArrayList<>();
                    for (RowHistory history : found) {
                        Optional<ObjectNode> row = history.rowAt(time);
                        Optional<ChangeRecord> last = history.lastChange(time);
                        if (row.isPresent() && last.isPresent()) {
                            there.add(new Row(row.get(), last.get(), history.upTo(time).size()));
                        }
                    }
                    if (!there.isEmpty()) {
                        rows.put(table, there);
                    }
                });
        return new Answer(
                time,
                reach,
                rows,
                histories,
                lookup.records(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    @Override
    public void close() {
        reader.close();
    }
}
