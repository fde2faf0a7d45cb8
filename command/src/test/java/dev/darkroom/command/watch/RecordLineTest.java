package dev.darkroom.command.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordLineTest {
    private String line(@Nullable String key, @Nullable String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("lsn", "42".getBytes(StandardCharsets.UTF_8));
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(
                        "cdc.assets",
                        3,
                        7,
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        bytes(key),
                        bytes(value),
                        headers,
                        Optional.empty());
        return new String(RecordLine.of(record), StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void keepsJsonAsJson() {
        JsonNode line =
                JsonMapper.shared()
                        .readTree(line("{\"id\":1}", "{\"after\":{\"size\":1.10,\"name\":\"ü\"}}"));

        assertThat(line.path("topic").asString()).isEqualTo("cdc.assets");
        assertThat(line.path("offset").asLong()).isEqualTo(7);
        assertThat(line.path("headers").path("lsn").asString()).isEqualTo("42");
        assertThat(line.path("key").path("id").asInt()).isEqualTo(1);
        assertThat(line.path("value").path("after").path("name").asString()).isEqualTo("ü");
    }

    @Test
    void isOneLineEvenWhenTheValueHasSeveral() {
        assertThat(line("k", "{\n  \"a\": 1\n}")).containsOnlyOnce("\n").endsWith("}\n");
    }

    @Test
    void quotesTextThatIsNotJson() {
        assertThat(line("01934b5e", "{half")).contains("\"key\":\"01934b5e\",\"value\":\"{half\"");
    }

    @Test
    void keepsATombstone() {
        assertThat(line("k", null)).contains("\"value\":null");
    }
}
