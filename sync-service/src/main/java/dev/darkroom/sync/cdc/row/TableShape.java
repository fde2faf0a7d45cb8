package dev.darkroom.sync.cdc.row;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// A table's columns in the order in which rows come, and which of them are its key.
public final class TableShape {
    private static final String TOPIC_PREFIX = "cdc.";

    private final String schema;
    private final String table;
    private final List<Column> columns;
    private final int[] key;
    private final ValueForm[] forms;
    private final byte[][] names;
    private final byte[] sourceTail;
    private final byte[] tableHeader;
    private final String topic;

    /// @param key positions in `columns`, in the order of the primary key; empty for a table
    ///   without one
    TableShape(
            String schema, String table, List<Column> columns, List<Integer> key, TypeForms types) {
        this.schema = schema;
        this.table = table;
        this.columns = List.copyOf(columns);
        this.key = key.stream().mapToInt(i -> i).toArray();
        this.forms =
                columns.stream()
                        .map(column -> types.of(column.typeOid()))
                        .toArray(ValueForm[]::new);
        this.names =
                columns.stream()
                        .map(column -> quoted(column.name()) + ":")
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        this.sourceTail =
                (",\"schema\":%s,\"table\":%s,\"ts_ms\":".formatted(quoted(schema), quoted(table)))
                        .getBytes(StandardCharsets.UTF_8);
        this.tableHeader = table.getBytes(StandardCharsets.UTF_8);
        this.topic = TOPIC_PREFIX + table;
    }

    private static String quoted(String name) {
        JsonBytes json = new JsonBytes();
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        json.putString(utf8, 0, utf8.length);
        return new String(json.toArray(), StandardCharsets.UTF_8);
    }

    public String schema() {
        return schema;
    }

    public String table() {
        return table;
    }

    public List<Column> columns() {
        return columns;
    }

    /// Where a column stands.
    ///
    /// @throws IllegalArgumentException when the table has no such column
    public int indexOf(String column) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(column))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s has no column %s".formatted(table, column)));
    }

    /// The names of the key's columns, in the order of the key.
    public List<String> keyColumns() {
        return IntStream.of(key).mapToObj(i -> columns.get(i).name()).toList();
    }

    /// The topic of its changes.
    public String topic() {
        return topic;
    }

    /// A value as it stands in JSON, without the quotes.
    public String printed(RowText row, int column) {
        JsonBytes json = new JsonBytes();
        row.write(json, column, forms[column]);
        String text = new String(json.toArray(), StandardCharsets.UTF_8);
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    /// Whether two rows have the same key, as far as both have it.
    boolean sameKey(RowText one, RowText other) {
        return IntStream.of(key).allMatch(i -> one.sameValue(other, i));
    }

    int keySize() {
        return key.length;
    }

    int keyAt(int i) {
        return key[i];
    }

    ValueForm form(int column) {
        return forms[column];
    }

    /// `"name":`
    byte[] name(int column) {
        return names[column];
    }

    /// `,"schema":…,"table":…,"ts_ms":`
    byte[] sourceTail() {
        return sourceTail;
    }

    byte[] tableHeader() {
        return tableHeader;
    }
}
