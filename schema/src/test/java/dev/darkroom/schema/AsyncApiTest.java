package dev.darkroom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `asyncapi.yaml` names what the code has, and nothing else.
class AsyncApiTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final String CONSUMER = "{consumer}";

    private final JsonNode api = read();
    private final JsonNode channels = api.required("channels");

    @Test
    void everyTopicHasAChannelAndNoChannelIsLeftOver() {
        Stream<String> topics = Arrays.stream(Topic.values()).map(Topic::wireName);
        Stream<String> changes = Arrays.stream(Table.values()).map(Table::changeTopic);
        Stream<String> delivery = Stream.of("{topic}.{consumer}.retry", "{topic}.{consumer}.dlt");

        assertThat(channels.valueStream().map(channel -> text(channel, "address")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(topics, changes, delivery).flatMap(s -> s).toList());
    }

    @Test
    void theDeliveryTopicsAreNamedAsTheCodeNamesThem() {
        String topic = Topic.ASSET_SUBMITTED.wireName();

        assertThat(address("retry").replace("{topic}", topic))
                .isEqualTo(Topic.ASSET_SUBMITTED.retryTopic(CONSUMER));
        assertThat(address("dead-letter").replace("{topic}", topic))
                .isEqualTo(Topic.ASSET_SUBMITTED.deadLetterTopic(CONSUMER));
    }

    @ParameterizedTest
    @EnumSource
    void aTopicsMessagesAreTheEventsThatMayStandOnIt(Topic topic) {
        JsonNode channel = channels.required(topic.wireName());

        assertThat(channel.required("messages").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        topic.types().stream().map(EventType::wireName).toList());
        channel.required("messages")
                .forEachEntry(
                        (name, message) ->
                                assertThat(text(message, "$ref"))
                                        .isEqualTo("#/components/messages/" + name));
    }

    @ParameterizedTest
    @EnumSource
    void anEventsPayloadIsItsJsonSchema(EventType type) {
        JsonNode message = api.at("/components/messages").required(type.wireName());

        assertThat(text(message.required("payload"), "$ref"))
                .isEqualTo("./" + type.schemaResource());
        assertThat(text(message.required("headers"), "$ref"))
                .isEqualTo("#/components/schemas/cloudEvent");
    }

    @ParameterizedTest
    @EnumSource
    void aChangesPayloadIsTheJsonSchemaOfItsStream(Table table) {
        JsonNode message = api.at("/components/messages").required(table.changeTopic());

        assertThat(
                        text(
                                channels.required(table.changeTopic())
                                        .required("messages")
                                        .required("change"),
                                "$ref"))
                .isEqualTo("#/components/messages/" + table.changeTopic());
        assertThat(text(message.required("payload"), "$ref"))
                .isEqualTo("./" + table.schemaResource());
        assertThat(text(message.required("headers"), "$ref"))
                .isEqualTo("#/components/schemas/changeHeaders");
    }

    @Test
    void everyMessageIsAnEventOrOneOfDeliveryAndChangeStreams() {
        Set<String> names =
                Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .collect(Collectors.toSet());
        names.addAll(Set.of("retried", "dead-letter"));
        Arrays.stream(Table.values()).map(Table::changeTopic).forEach(names::add);

        assertThat(api.at("/components/messages").propertyNames())
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @EnumSource
    void theGoldenHeadersAreTheOnesThatItAsksFor(EventType type) {
        EventSchema headers = new EventSchema(api.at("/components/schemas/cloudEvent"));

        assertThat(headers.complaints(GoldenFile.of(type).headers())).isEmpty();
        assertThat(headers.required()).containsExactlyElementsOf(headers.properties());
    }

    @Test
    void everyChannelSaysWhoWritesAndWhoReads() {
        channels.forEachEntry(
                (name, channel) ->
                        assertThat(text(channel, "description"))
                                .as(name)
                                .startsWith("Written by ")
                                .contains(". Read by "));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = references(api);

        assertThat(references).isNotEmpty();
        assertThat(references).filteredOn(reference -> !resolves(reference)).isEmpty();
    }

    private boolean resolves(String reference) {
        return reference.startsWith("#")
                ? !api.at(reference.substring(1)).isMissingNode()
                : Files.isRegularFile(RESOURCES.resolve(reference));
    }

    private static List<String> references(JsonNode node) {
        List<String> found = new ArrayList<>();
        if (node instanceof ObjectNode object && object.path("$ref").isString()) {
            found.add(text(object, "$ref"));
        }
        node.forEach(child -> found.addAll(references(child)));
        return found;
    }

    private String address(String channel) {
        return text(channels.required(channel), "address");
    }

    private static String text(JsonNode node, String property) {
        return node.required(property).asString();
    }

    private static JsonNode read() {
        return new YAMLMapper().readTree(RESOURCES.resolve("asyncapi.yaml").toFile());
    }
}
