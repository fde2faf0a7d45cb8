package dev.darkroom.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON Schema of one event, as uploaders of other languages get it.
record EventSchema(JsonNode document) {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static EventSchema of(EventType type) {
        try (InputStream in =
                EventSchema.class.getClassLoader().getResourceAsStream(type.schemaResource())) {
            if (in == null) {
                throw new AssertionError(type + " has no schema: write " + type.schemaResource());
            }
            return new EventSchema(new JsonMapper().readTree(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> properties() {
        return List.copyOf(document.required("properties").propertyNames());
    }

    List<String> required() {
        return strings(document.required("required")).toList();
    }

    /// Whether the schema lets a property be null.
    boolean allowsNull(String property) {
        JsonNode type = document.required("properties").required(property).path("type");
        return type.isArray() && strings(type).anyMatch("null"::equals);
    }

    /// What is wrong with a document; nothing when it is empty.
    List<String> complaints(JsonNode data) {
        Schema schema = REGISTRY.getSchema(document);
        return schema
                .validate(
                        data,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static Stream<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString);
    }
}
