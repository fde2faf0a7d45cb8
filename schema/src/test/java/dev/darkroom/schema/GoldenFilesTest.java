package dev.darkroom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is on the wire stays readable, and what we write stays what others read.
class GoldenFilesTest {
    private static final List<String> HEADERS =
            List.of(
                    "ce_specversion",
                    "ce_id",
                    "ce_type",
                    "ce_source",
                    "ce_subject",
                    "ce_time",
                    "content-type");

    @Test
    void everyEventHasAGoldenFileAndNoFileIsLeftOver() throws IOException {
        assertThat(GoldenFile.names())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventType.values())
                                .map(type -> type.wireName() + ".json")
                                .toList());
    }

    @ParameterizedTest
    @EnumSource
    void readingAndWritingAgainGivesTheSameData(EventType type) {
        GoldenFile golden = GoldenFile.of(type);

        JsonNode written = GoldenFile.write(golden.read());

        assertThat(written).isEqualTo(golden.data());
    }

    @ParameterizedTest
    @EnumSource
    void anEventIsReadWithoutItsOptionalFields(EventType type) {
        GoldenFile golden = GoldenFile.of(type);
        ObjectNode least = (ObjectNode) golden.data().deepCopy();
        least.retain(EventSchema.of(type).required());

        Event event = golden.read(least);

        assertThat(event.subject()).isEqualTo(golden.read().subject());
    }

    @ParameterizedTest
    @EnumSource
    void theHeadersAreCloudEventsInBinaryMode(EventType type) {
        GoldenFile golden = GoldenFile.of(type);

        assertThat(golden.headers().propertyNames()).containsExactlyInAnyOrderElementsOf(HEADERS);
        assertThat(header(golden, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(golden, "ce_type")).isEqualTo(type.wireName());
        assertThat(header(golden, "ce_subject")).isEqualTo(golden.read().subject());
        assertThat(header(golden, "content-type")).isEqualTo("application/json");
        assertThat(UUID.fromString(header(golden, "ce_id"))).hasToString(header(golden, "ce_id"));
        assertThat(Instant.parse(header(golden, "ce_time"))).hasToString(header(golden, "ce_time"));
    }

    @ParameterizedTest
    @EnumSource
    void theRecordKnowsItsTypeAndATopicThatTakesIt(EventType type) {
        Event event = GoldenFile.of(type).read();

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.topic().types()).contains(type);
        assertThat(EventType.ofWireName(type.wireName())).contains(type);
    }

    private static String header(GoldenFile golden, String name) {
        return golden.headers().required(name).asString();
    }
}
