package dev.darkroom.sync.cdc.log;

import io.debezium.data.Json;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Debezium's values as JSON, exactly.
final class DebeziumJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MICROSECOND_DIGITS = 6;

    private final JsonMapper json;

    DebeziumJson(JsonMapper json) {
        this.json = json;
    }

    ObjectNode row(Struct row) {
        ObjectNode node = NODES.objectNode();
        for (Field field : row.schema().fields()) {
            node.set(field.name(), value(field.schema(), row.getWithoutDefault(field.name())));
        }
        return node;
    }

    private JsonNode value(Schema schema, @Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> text(schema, text);
            case Boolean truth -> NODES.booleanNode(truth);
            case Short number -> NODES.numberNode(number);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Float number -> special(Float.toString(number));
            case Double number -> special(Double.toString(number));
            case BigDecimal number -> NODES.numberNode(number);
            case ByteBuffer buffer -> {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                yield base64(bytes);
            }
            case byte[] bytes -> base64(bytes);
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode();
                list.forEach(element -> array.add(value(schema.valueSchema(), element)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                map.forEach(
                        (key, element) ->
                                object.set(key.toString(), value(schema.valueSchema(), element)));
                yield object;
            }
            case Struct struct -> struct(struct);
            default -> throw new AssertionError("no JSON for " + value.getClass());
        };
    }

    private static JsonNode base64(byte[] bytes) {
        return NODES.stringNode(Base64.getEncoder().encodeToString(bytes));
    }

    private JsonNode text(Schema schema, String text) {
        return switch (schema.name()) {
            case Json.LOGICAL_NAME -> json.readTree(text);
            case ZonedTimestamp.SCHEMA_NAME -> NODES.stringNode(withMicroseconds(text));
            case null, default -> NODES.stringNode(text);
        };
    }

    /// JSON has no number for these.
    private JsonNode special(String number) {
        return number.endsWith("NaN") || number.endsWith("Infinity")
                ? NODES.stringNode(number)
                : json.readTree(number);
    }

    private JsonNode struct(Struct struct) {
        if (VariableScaleDecimal.LOGICAL_NAME.equals(struct.schema().name())) {
            return VariableScaleDecimal.toLogical(struct)
                    .getDecimalValue()
                    .<JsonNode>map(NODES::numberNode)
                    .orElseGet(NODES::nullNode);
        }
        return row(struct);
    }

    /// `12:30:00.5Z` becomes `12:30:00.500000Z`, so that equal times are equal texts.
    private static String withMicroseconds(String utc) {
        if (!utc.endsWith("Z")) {
            return utc;
        }
        String plain = utc.substring(0, utc.length() - 1);
        int point = plain.lastIndexOf('.');
        int digits = point < 0 ? 0 : plain.length() - point - 1;
        return digits >= MICROSECOND_DIGITS
                ? utc
                : plain + (point < 0 ? "." : "") + "0".repeat(MICROSECOND_DIGITS - digits) + "Z";
    }
}
