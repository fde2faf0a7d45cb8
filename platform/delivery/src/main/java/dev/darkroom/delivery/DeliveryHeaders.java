package dev.darkroom.delivery;

/// The headers that delivery adds to a record which is tried again or given up on.
public final class DeliveryHeaders {
    /// How many times the record has been worked on.
    public static final String ATTEMPT = "darkroom-attempt";

    /// When the next attempt is due, ISO 8601.
    public static final String DUE_AT = "darkroom-due-at";

    /// What went wrong last, for a person.
    public static final String REASON = "darkroom-reason";

    /// The class of what went wrong last.
    public static final String CAUSE = "darkroom-cause";

    public static final String FAILED_AT = "darkroom-failed-at";
    public static final String CONSUMER = "darkroom-consumer";

    /// Where the record stood at first.
    public static final String ORIGIN_TOPIC = "darkroom-origin-topic";

    public static final String ORIGIN_PARTITION = "darkroom-origin-partition";
    public static final String ORIGIN_OFFSET = "darkroom-origin-offset";

    private DeliveryHeaders() {}
}
