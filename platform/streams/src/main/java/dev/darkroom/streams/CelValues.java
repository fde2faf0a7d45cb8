package dev.darkroom.streams;

import dev.cel.common.values.NullValue;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// JSON as CEL's values: whole numbers as int, others as double, null as null.
final class CelValues {
    private CelValues() {}

    /// What one evaluation has met.
    static final class Reading {
        private boolean sawNull;

        boolean sawNull() {
            return sawNull;
        }
    }

    /// The columns of a row; none for one that is not there.
    static Map<String, Object> row(@Nullable JsonNode row, Reading reading) {
        return row == null || !row.isObject() ? Map.of() : new Row(row, reading);
    }

    static boolean isNull(Object value) {
        return value instanceof NullValue;
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.asString();
            case BOOLEAN -> node.asBoolean();
            case NUMBER ->
                    node.canConvertToLong() && node.isIntegralNumber()
                            ? (Object) node.asLong()
                            : (Object) node.asDouble();
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(value(element)));
                yield list;
            }
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties()
                        .forEach(field -> map.put(field.getKey(), value(field.getValue())));
                yield map;
            }
            case NULL, MISSING, BINARY, POJO -> NullValue.NULL_VALUE;
        };
    }

    /// A row whose columns are turned into values when they are asked for: most never are.
    private static final class Row extends AbstractMap<String, Object> {
        private final JsonNode row;
        private final Reading reading;

        Row(JsonNode row, Reading reading) {
            this.row = row;
            this.reading = reading;
        }

        @Override
        public boolean containsKey(Object name) {
            return name instanceof String column && row.has(column);
        }

        @Override
        public @Nullable Object get(Object name) {
            JsonNode node = name instanceof String column ? row.get(column) : null;
            if (node == null) {
                return null;
            }
            reading.sawNull |= node.isNull();
            return value(node);
        }

        @Override
        public int size() {
            return row.size();
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            row.propertyNames().forEach(name -> all.put(name, value(row.path(name))));
            return all.entrySet();
        }
    }
}
