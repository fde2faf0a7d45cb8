package dev.darkroom.database;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The form of a column on the wire: what stands in a record for each type of PostgreSQL.
final class StreamColumn {
    private StreamColumn() {}

    static ObjectNode schema(PublishedColumn column) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        if (!column.comment().isEmpty()) {
            schema.put("description", column.comment());
        }
        schema.put("$comment", column.declared());
        if (column.isArray()) {
            type(schema, "array", column.isNullable());
            ObjectNode items = schema.putObject("items");
            // No type of PostgreSQL forbids that an element is null.
            form(items, column.type(), true);
        } else {
            form(schema, column.type(), column.isNullable());
        }
        if (column.maxLength() > 0) {
            schema.put("maxLength", column.maxLength());
        }
        if (!column.values().isEmpty()) {
            ArrayNode values = schema.putArray("enum");
            column.values().forEach(values::add);
            if (column.isNullable()) {
                values.addNull();
            }
        }
        return schema;
    }

    /// Any JSON may stand in a `jsonb`, so it has no type. An enum's type is that of its labels.
    private static void form(ObjectNode schema, String type, boolean isNullable) {
        switch (type) {
            case "uuid" -> formatted(schema, "uuid", isNullable);
            case "timestamptz" -> formatted(schema, "date-time", isNullable);
            case "date" -> formatted(schema, "date", isNullable);
            case "bool" -> type(schema, "boolean", isNullable);
            case "int2", "int4", "int8" -> type(schema, "integer", isNullable);
            case "numeric" -> type(schema, "number", isNullable);
            case "text", "varchar", "asset_type", "task_status" ->
                    type(schema, "string", isNullable);
            case "bit" -> {
                type(schema, "string", isNullable);
                schema.put("pattern", "^[01]*$");
            }
            case "bytea" -> {
                type(schema, "string", isNullable);
                schema.put("contentEncoding", "base64");
            }
            case "vector", "halfvec" -> {
                type(schema, "array", isNullable);
                schema.putObject("items").put("type", "number");
            }
            case "jsonb" -> {}
            default -> throw new AssertionError("how is " + type + " written on the wire?");
        }
    }

    private static void formatted(ObjectNode schema, String format, boolean isNullable) {
        type(schema, "string", isNullable);
        schema.put("format", format);
    }

    private static void type(ObjectNode schema, String type, boolean isNullable) {
        if (isNullable) {
            schema.putArray("type").add(type).add("null");
        } else {
            schema.put("type", type);
        }
    }
}
