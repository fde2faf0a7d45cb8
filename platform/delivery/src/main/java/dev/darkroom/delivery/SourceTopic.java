package dev.darkroom.delivery;

import dev.darkroom.schema.Lane;
import dev.darkroom.schema.Topic;
import java.util.Arrays;
import java.util.List;

/// A topic that a consumer reads, and how urgent its records are.
public record SourceTopic(String name, Lane lane) {
    /// A topic without lanes.
    public static List<SourceTopic> only(String name) {
        return List.of(new SourceTopic(name, Lane.INTERACTIVE));
    }

    /// A topic without lanes.
    public static List<SourceTopic> only(Topic topic) {
        return only(topic.wireName());
    }

    /// The three lanes of `asset-created`.
    public static List<SourceTopic> lanes() {
        return Arrays.stream(Lane.values())
                .map(lane -> new SourceTopic(lane.topic().wireName(), lane))
                .toList();
    }
}
