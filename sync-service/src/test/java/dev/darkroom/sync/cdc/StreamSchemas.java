package dev.darkroom.sync.cdc;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.darkroom.schema.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The committed JSON Schema of one table's stream, as an analyst applies it.
record StreamSchemas(JsonNode document) {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static StreamSchemas of(Table table) {
        try (InputStream in =
                Table.class.getClassLoader().getResourceAsStream(table.schemaResource())) {
            if (in == null) {
                throw new AssertionError(table + " has no schema: " + table.schemaResource());
            }
            return new StreamSchemas(JsonMapper.shared().readTree(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is wrong with a record's value; nothing when it is empty.
    List<String> complaints(JsonNode value) {
        return complaints(document, value);
    }

    /// What is wrong with a record's key.
    List<String> complaintsAboutKey(JsonNode key) {
        return complaints(document.at("/$defs/key"), key);
    }

    /// The columns that it knows.
    List<String> columns() {
        return List.copyOf(document.at("/$defs/row/properties").propertyNames());
    }

    private static List<String> complaints(JsonNode schema, JsonNode data) {
        // An id that is registered already would be taken for the document of before.
        ObjectNode anonymous = (ObjectNode) schema.deepCopy();
        anonymous.remove("$id");
        Schema compiled = REGISTRY.getSchema(anonymous);
        return compiled
                .validate(
                        data,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }
}
