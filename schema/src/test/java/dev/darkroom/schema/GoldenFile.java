package dev.darkroom.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One event as it stood on Kafka when its version was agreed on: headers and value.
///
/// The files never change. Whoever published such a record keeps publishing it.
record GoldenFile(EventType type, JsonNode headers, JsonNode data) {
    private static final Path FOLDER = Path.of("src", "test", "wire");
    private static final JsonMapper JSON = new JsonMapper();

    static GoldenFile of(EventType type) {
        JsonNode file = JSON.readTree(FOLDER.resolve(type.wireName() + ".json").toFile());
        return new GoldenFile(type, file.required("headers"), file.required("data"));
    }

    /// The names of all golden files.
    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    Event read() {
        return read(data);
    }

    Event read(JsonNode document) {
        return JSON.readValue(JSON.writeValueAsBytes(document), type.eventClass());
    }

    static JsonNode write(Event event) {
        return JSON.readTree(JSON.writeValueAsBytes(event));
    }
}
