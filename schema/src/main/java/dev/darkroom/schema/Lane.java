package dev.darkroom.schema;

/// How urgent work is. Kafka has no priority inside a topic, so each lane is a topic of its own.
public enum Lane {
    INTERACTIVE(Topic.ASSET_CREATED),
    BULK(Topic.ASSET_CREATED_BULK),
    BACKFILL(Topic.ASSET_CREATED_BACKFILL);

    private final Topic topic;

    Lane(Topic topic) {
        this.topic = topic;
    }

    public Topic topic() {
        return topic;
    }

    /// The lane of a priority: 1 (highest) to 3 interactive, 4 to 7 bulk, 8 to 10 backfill.
    public static Lane of(int priority) {
        if (priority < 1 || priority > 10) {
            throw new IllegalArgumentException("priority must be 1 (highest) to 10: " + priority);
        }
        return priority <= 3 ? INTERACTIVE : priority <= 7 ? BULK : BACKFILL;
    }
}
