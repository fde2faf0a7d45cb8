package dev.darkroom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schemas say what the records say.
class EventSchemasTest {
    private static final Path FOLDER =
            Path.of("src", "main", "resources", "dev", "darkroom", "schema", "events");

    @Test
    void everyEventHasASchemaAndNoneIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(EventType.values())
                                    .map(type -> type.wireName() + ".json")
                                    .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGoldenDataIsValid(EventType type) {
        assertThat(EventSchema.of(type).complaints(GoldenFile.of(type).data())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void dataWithoutWhatItIsAboutIsNotValid(EventType type) {
        ObjectNode data = (ObjectNode) GoldenFile.of(type).data().deepCopy();
        data.remove(idOf(type));

        assertThat(EventSchema.of(type).complaints(data)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anIdThatIsNoUuidIsNotValid(EventType type) {
        ObjectNode data = (ObjectNode) GoldenFile.of(type).data().deepCopy();
        data.put(idOf(type), "seven");

        assertThat(EventSchema.of(type).complaints(data)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void thePropertiesAreTheRecordsComponents(EventType type) {
        assertThat(EventSchema.of(type).properties())
                .containsExactlyElementsOf(components(type, _ -> true));
    }

    @ParameterizedTest
    @EnumSource
    void theRequiredPropertiesAreTheComponentsThatAreNeverNull(EventType type) {
        assertThat(EventSchema.of(type).required())
                .containsExactlyElementsOf(components(type, component -> !isNullable(component)));
    }

    @ParameterizedTest
    @EnumSource
    void nullIsValidJustWhereTheRecordTakesIt(EventType type) {
        EventSchema schema = EventSchema.of(type);

        assertThat(schema.properties().stream().filter(schema::allowsNull))
                .containsExactlyElementsOf(components(type, EventSchemasTest::isNullable));
    }

    @ParameterizedTest
    @EnumSource
    void theIdAndTheTitleNameTheEvent(EventType type) {
        EventSchema schema = EventSchema.of(type);

        assertThat(schema.document().required("title").asString()).isEqualTo(type.wireName());
        assertThat(schema.document().required("$id").asString())
                .isEqualTo("urn:darkroom:event:" + type.wireName());
    }

    private static String idOf(EventType type) {
        if (StreamEvent.class.isAssignableFrom(type.eventClass())) {
            return "incidentId";
        }
        return FileEvent.class.isAssignableFrom(type.eventClass()) ? "repositoryId" : "assetId";
    }

    private static List<String> components(EventType type, Predicate<RecordComponent> which) {
        return Arrays.stream(type.eventClass().getRecordComponents())
                .filter(which)
                .map(RecordComponent::getName)
                .toList();
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
