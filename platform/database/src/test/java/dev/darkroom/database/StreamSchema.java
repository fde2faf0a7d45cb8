package dev.darkroom.database;

import dev.darkroom.schema.Table.OldRow;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the JSON Schema of one table's change stream: the envelope, and each column in the form
/// it has on the wire.
///
/// It says no more than what holds for every record. Columns may be added, so none is forbidden.
final class StreamSchema {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ROW = "#/$defs/row";
    private static final String KEY = "#/$defs/key";

    private final PublishedTable table;
    private final List<String> all;
    private final List<String> large;

    private StreamSchema(PublishedTable table) {
        this.table = table;
        this.all = table.columns().stream().map(PublishedColumn::name).toList();
        this.large =
                table.oldRow() == OldRow.WHOLE
                        ? List.of()
                        : table.columns().stream()
                                .filter(PublishedColumn::canBeLarge)
                                .map(PublishedColumn::name)
                                .toList();
    }

    /// The schema as it is committed: pretty, with a line end.
    static String of(PublishedTable table) {
        ObjectNode schema = new StreamSchema(table).document();
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private ObjectNode document() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:darkroom:stream:" + table.name());
        schema.put("title", "cdc." + table.name());
        schema.put(
                "description",
                "Every change of the table " + table.name() + ". " + table.comment());
        schema.put("type", "object");
        schema.set("required", names(List.of("before", "after", "source", "op", "ts_ms")));
        properties(schema.putObject("properties"));
        boolean whole = table.oldRow() == OldRow.WHOLE;
        ArrayNode cases = schema.putArray("allOf");
        cases.add(when(List.of("c", "r"), "null", "object", large));
        cases.add(when(List.of("u"), whole ? "object" : "null", "object", List.of()));
        cases.add(when(List.of("d"), "object", "null", List.of()));
        cases.add(when(List.of("t"), "null", "null", List.of()));
        ObjectNode definitions = schema.putObject("$defs");
        definitions.set(
                "key",
                object(
                        table.key(),
                        table.key(),
                        "The primary key; it is the record's key on Kafka too."));
        List<String> always = all.stream().filter(name -> !large.contains(name)).toList();
        definitions.set("row", object(all, always, table.comment()));
        return schema;
    }

    private void properties(ObjectNode properties) {
        boolean whole = table.oldRow() == OldRow.WHOLE;
        properties.set(
                "before",
                orNull(
                        whole ? ROW : KEY,
                        whole
                                ? "The row as it was before it was updated or deleted."
                                : "The primary key of a deleted row, otherwise null."));
        properties.set("after", orNull(ROW, "The row, null when it was deleted."));
        if (!large.isEmpty()) {
            ObjectNode unchanged = properties.putObject("unchanged");
            unchanged.put(
                    "description",
                    "Columns with large values that an update left alone; they are absent from"
                            + " after.");
            unchanged.put("type", "array");
            unchanged.putObject("items").set("enum", names(large));
        }
        source(properties.putObject("source"));
        ObjectNode op = properties.putObject("op");
        op.put(
                "description",
                "Created, read again as it is, updated, deleted; t: the whole table was emptied.");
        op.set("enum", names(List.of("c", "r", "u", "d", "t")));
        ObjectNode time = properties.putObject("ts_ms");
        time.put("description", "When it was read from the log, milliseconds since 1970.");
        time.put("type", "integer");
    }

    private void source(ObjectNode source) {
        source.put("type", "object");
        source.set("required", names(List.of("lsn", "txId", "schema", "table", "ts_ms")));
        ObjectNode properties = source.putObject("properties");
        ObjectNode lsn = properties.putObject("lsn");
        lsn.put(
                "description",
                "The place in PostgreSQL's log. It orders the changes of a key; with the key it"
                        + " tells repeats.");
        lsn.put("type", "integer");
        properties.putObject("txId").put("type", "integer");
        properties.putObject("schema").put("const", "public");
        properties.putObject("table").put("const", table.name());
        ObjectNode time = properties.putObject("ts_ms");
        time.put("description", "When it was committed, milliseconds since 1970.");
        time.put("type", "integer");
    }

    /// What holds for the records of some operations.
    ///
    /// @param complete columns that `after` holds with these operations, though not with all
    private static ObjectNode when(
            List<String> ops, String beforeType, String afterType, List<String> complete) {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode op = node.putObject("if").putObject("properties").putObject("op");
        op.set("enum", names(ops));
        ObjectNode properties = node.putObject("then").putObject("properties");
        properties.putObject("before").put("type", beforeType);
        ObjectNode after = properties.putObject("after");
        after.put("type", afterType);
        if (!complete.isEmpty()) {
            after.set("required", names(complete));
        }
        return node;
    }

    private ObjectNode object(List<String> columns, List<String> required, String description) {
        ObjectNode object = JSON.createObjectNode();
        object.put("description", description);
        object.put("type", "object");
        object.set("required", names(required));
        ObjectNode properties = object.putObject("properties");
        table.columns().stream()
                .filter(column -> columns.contains(column.name()))
                .forEach(column -> properties.set(column.name(), StreamColumn.schema(column)));
        return object;
    }

    private static ObjectNode orNull(String reference, String description) {
        ObjectNode node = JSON.createObjectNode();
        node.put("description", description);
        ArrayNode either = node.putArray("anyOf");
        either.addObject().put("$ref", reference);
        either.addObject().put("type", "null");
        return node;
    }

    private static ArrayNode names(List<String> names) {
        ArrayNode array = JSON.createArrayNode();
        names.forEach(array::add);
        return array;
    }
}
