package dev.darkroom.sync.cdc;

import io.debezium.data.Json;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.time.IsoDate;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes one column's value as JSON, exactly: numbers without rounding, `jsonb` as PostgreSQL
/// prints it, times in UTC with six decimals, bytes in base64.
final class ColumnJson {
    private static final int MICROSECOND_DIGITS = 6;

    private ColumnJson() {}

    static void write(JsonGenerator json, Schema schema, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> writeText(json, schema, text);
            case Boolean truth -> json.writeBoolean(truth);
            case Short number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Float number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case ByteBuffer buffer -> writeBytes(json, buffer);
            case byte[] bytes -> json.writeBinary(bytes);
            case List<?> list -> writeList(json, schema.valueSchema(), list);
            case Map<?, ?> map -> writeMap(json, schema.valueSchema(), map);
            case Struct struct -> writeStruct(json, struct);
            default ->
                    throw new IllegalStateException(
                            "no JSON form for a "
                                    + value.getClass().getName()
                                    + " of "
                                    + schema.name());
        }
    }

    private static void writeText(JsonGenerator json, Schema schema, String text) {
        switch (schema.name()) {
            case Json.LOGICAL_NAME -> json.writeRawValue(text);
            // Debezium writes a day with a zone, which it has not.
            case IsoDate.SCHEMA_NAME -> json.writeString(text.replace("Z", ""));
            case ZonedTimestamp.SCHEMA_NAME -> json.writeString(withMicroseconds(text));
            case null, default -> json.writeString(text);
        }
    }

    /// `12:30:00.5Z` becomes `12:30:00.500000Z`, so that equal times are equal texts.
    static String withMicroseconds(String utc) {
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

    private static void writeBytes(JsonGenerator json, ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        json.writeBinary(bytes);
    }

    private static void writeList(JsonGenerator json, Schema elements, List<?> list) {
        json.writeStartArray();
        for (Object element : list) {
            write(json, elements, element);
        }
        json.writeEndArray();
    }

    private static void writeMap(JsonGenerator json, Schema values, Map<?, ?> map) {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeName(entry.getKey().toString());
            write(json, values, entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeStruct(JsonGenerator json, Struct struct) {
        if (VariableScaleDecimal.LOGICAL_NAME.equals(struct.schema().name())) {
            VariableScaleDecimal.toLogical(struct)
                    .getDecimalValue()
                    .ifPresentOrElse(json::writeNumber, json::writeNull);
            return;
        }
        json.writeStartObject();
        for (Field field : struct.schema().fields()) {
            json.writeName(field.name());
            write(json, field.schema(), struct.get(field));
        }
        json.writeEndObject();
    }
}
