package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.data.Json;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.time.ZonedTimestamp;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

class ColumnJsonTest {
    @Test
    void writesANumericWithItsScaleAndWithoutAnExponent() {
        assertThat(json(Decimal.schema(3), new BigDecimal("1.500"))).isEqualTo("1.500");
        assertThat(json(Decimal.schema(0), new BigDecimal("1E+30")))
                .isEqualTo("1000000000000000000000000000000");
        assertThat(json(Decimal.schema(20), new BigDecimal("0.00000000000000000001")))
                .isEqualTo("0.00000000000000000001");
    }

    @Test
    void writesANumericOfNoFixedScaleAsANumber() {
        Schema schema = VariableScaleDecimal.schema();

        assertThat(json(schema, VariableScaleDecimal.fromLogical(schema, new BigDecimal("12.340"))))
                .isEqualTo("12.340");
    }

    @Test
    void writesJsonbAsJsonAndTextAsText() {
        assertThat(json(Json.schema(), "{\"a\": 1.50}")).isEqualTo("{\"a\": 1.50}");
        assertThat(json(Schema.STRING_SCHEMA, "{\"a\": 1}")).isEqualTo("\"{\\\"a\\\": 1}\"");
    }

    @Test
    void writesBytesInBase64() {
        assertThat(json(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {-5, 0, -1})))
                .isEqualTo("\"+wD/\"");
    }

    @Test
    void writesArraysWithTheirNulls() {
        Schema texts = SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build();

        assertThat(json(texts, Arrays.asList("a", null, "b,c"))).isEqualTo("[\"a\",null,\"b,c\"]");
        assertThat(json(texts, List.of())).isEqualTo("[]");
    }

    @Test
    void writesTimesWithSixDecimals() {
        assertThat(json(ZonedTimestamp.schema(), "2026-01-02T03:04:05Z"))
                .isEqualTo("\"2026-01-02T03:04:05.000000Z\"");
        assertThat(json(ZonedTimestamp.schema(), "2026-01-02T03:04:05.12Z"))
                .isEqualTo("\"2026-01-02T03:04:05.120000Z\"");
        assertThat(json(ZonedTimestamp.schema(), "2026-01-02T03:04:05.123456Z"))
                .isEqualTo("\"2026-01-02T03:04:05.123456Z\"");
    }

    private static String json(Schema schema, @Nullable Object value) {
        StringWriter out = new StringWriter();
        JsonFactory factory =
                JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            ColumnJson.write(json, schema, value);
        }
        return out.toString();
    }
}
