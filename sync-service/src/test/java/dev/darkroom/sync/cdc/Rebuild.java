package dev.darkroom.sync.cdc;

import dev.darkroom.schema.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A table made again from its topic alone, to be held against the table itself.
///
/// It does what an analyst does: takes each (key, LSN) once, and applies a key's changes in the
/// order of their LSNs. The order of offsets does not matter, since what was published before a
/// crash may be published again after it.
public final class Rebuild {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Table table;
    private final Map<String, NavigableMap<Long, JsonNode>> changes = new HashMap<>();
    private final Map<Long, String> deleted = new HashMap<>();
    private long truncatedAt;
    private int records;
    private int duplicates;

    public Rebuild(Table table) {
        this.table = table;
    }

    /// Reads every table's topic from its beginning to its present end.
    public static Map<Table, Rebuild> fromTopics(String bootstrapServers) {
        Map<Table, Rebuild> tables = new EnumMap<>(Table.class);
        Map<String, Rebuild> topics = new HashMap<>();
        for (Table table : Table.values()) {
            Rebuild rebuild = new Rebuild(table);
            tables.put(table, rebuild);
            topics.put(table.changeTopic(), rebuild);
        }
        try (TopicReader reader = new TopicReader(bootstrapServers)) {
            reader.read(
                    topics.keySet(),
                    record -> Objects.requireNonNull(topics.get(record.topic())).add(record));
        }
        return tables;
    }

    /// Takes one record of the topic, in any order, any number of times.
    public void add(ConsumerRecord<byte[], byte[]> record) {
        records++;
        long lsn = Long.parseLong(text(record.headers().lastHeader("lsn").value()));
        JsonNode change = JSON.readTree(record.value());
        if (change.get("op").asString().equals("t")) {
            truncatedAt = Math.max(truncatedAt, lsn);
            return;
        }
        String key = canonical(text(record.key()));
        NavigableMap<Long, JsonNode> history = changes.computeIfAbsent(key, _ -> new TreeMap<>());
        if (change.get("op").asString().equals("d")) {
            deleted.put(lsn, key);
        }
        if (history.put(lsn, change) != null) {
            duplicates++;
        }
    }

    /// Key => row, both as JSON in one canonical form.
    public Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        changes.forEach(
                (key, history) -> {
                    ObjectNode row = replay(history.tailMap(truncatedAt, false));
                    if (row != null) {
                        rows.put(key, row.toString());
                    }
                });
        return rows;
    }

    private @Nullable ObjectNode replay(NavigableMap<Long, JsonNode> history) {
        ObjectNode row = null;
        for (Map.Entry<Long, JsonNode> entry : history.entrySet()) {
            JsonNode change = entry.getValue();
            ObjectNode before = row != null ? row : underOldKey(change, entry.getKey());
            row = change.get("after") instanceof ObjectNode after ? after.deepCopy() : null;
            if (row != null && change.has("unchanged") && before != null) {
                for (JsonNode column : change.get("unchanged")) {
                    row.set(column.asString(), before.get(column.asString()));
                }
                row = inOrderOf(before, row);
            }
        }
        return row;
    }

    /// A row whose key changed is deleted under the old key and created under the new one, both at
    /// one place in the log. What it left alone stands with the old key.
    private @Nullable ObjectNode underOldKey(JsonNode change, long lsn) {
        String old = deleted.get(lsn);
        if (old == null || !change.has("unchanged")) {
            return null;
        }
        NavigableMap<Long, JsonNode> history = changes.getOrDefault(old, new TreeMap<>());
        return replay(history.subMap(truncatedAt, false, lsn, false));
    }

    /// Left-out columns come last when they are filled in; a row has its columns in one order.
    private static ObjectNode inOrderOf(ObjectNode model, ObjectNode row) {
        ObjectNode ordered = JSON.createObjectNode();
        for (String column : model.propertyNames()) {
            if (row.has(column)) {
                ordered.set(column, row.get(column));
            }
        }
        row.properties().forEach(column -> ordered.putIfAbsent(column.getKey(), column.getValue()));
        return ordered;
    }

    /// The table as it is now, read through SQL, in the same form as [#rows()].
    public Map<String, String> tableRows(Connection connection) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query(connection))) {
            while (result.next()) {
                rows.put(canonical(result.getString(1)), canonical(result.getString(2)));
            }
        }
        return rows;
    }

    /// What differs, at most ten examples, in words; empty when topic and table agree.
    public List<String> differences(Connection connection) throws SQLException {
        Map<String, String> fromTopic = rows();
        Map<String, String> fromTable = tableRows(connection);
        List<String> differences = new ArrayList<>();
        fromTable.forEach(
                (key, row) -> {
                    String other = fromTopic.get(key);
                    if (other == null) {
                        differences.add("missing from the topic: " + key);
                    } else if (!other.equals(row)) {
                        differences.add("differs: topic " + other + " table " + row);
                    }
                });
        fromTopic.keySet().stream()
                .filter(key -> !fromTable.containsKey(key))
                .forEach(key -> differences.add("only in the topic: " + key));
        return differences.stream().sorted(Comparator.naturalOrder()).limit(10).toList();
    }

    /// How many records were read, duplicates included.
    public int records() {
        return records;
    }

    /// How many of them had a (key, LSN) that was there already.
    public int duplicates() {
        return duplicates;
    }

    private String query(Connection connection) throws SQLException {
        return "select row_to_json(k)::text, row_to_json(r)::text from "
                + table.tableName()
                + " t, lateral (select "
                + columns(connection, KEY_COLUMNS)
                + ") k, lateral (select "
                + columns(connection, PUBLISHED_COLUMNS)
                + ") r";
    }

    private static final String KEY_COLUMNS =
            "select a.attname, a.atttypid::regtype::text from pg_index i"
                    + " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)"
                    + " where i.indrelid = ?::regclass and i.indisprimary"
                    + " order by array_position(i.indkey::int2[], a.attnum)";

    private static final String PUBLISHED_COLUMNS =
            "select a.attname, a.atttypid::regtype::text from pg_publication_tables p"
                    + " join pg_class c on c.relnamespace = 'public'::regnamespace"
                    + " and c.relname = p.tablename"
                    + " join pg_attribute a on a.attrelid = c.oid and a.attname = any(p.attnames)"
                    + " where p.pubname = 'darkroom_cdc' and p.tablename = ?"
                    + " order by a.attnum";

    private String columns(Connection connection, String which) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (var statement = connection.prepareStatement(which)) {
            statement.setString(1, table.tableName());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(expression(row.getString(1), row.getString(2)));
                }
            }
        }
        return String.join(", ", columns);
    }

    private static String expression(String column, String type) {
        String name = "t.\"" + column + "\"";
        return switch (type) {
            case "timestamp with time zone" ->
                    "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as \"%s\""
                            .formatted(name, column);
            case "bytea" ->
                    "translate(encode(%s, 'base64'), E'\\n', '') as \"%s\"".formatted(name, column);
            case "vector", "halfvec" -> "%s::text::json as \"%s\"".formatted(name, column);
            default -> name;
        };
    }

    private static String canonical(String json) {
        return JSON.readTree(json).toString();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
