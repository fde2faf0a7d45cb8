package dev.darkroom.command.watch;

/// What stands before one consumer on one of its topics.
///
/// @param consumer the name of the consumer group
/// @param waiting records that are not done yet
/// @param members how many copies of the consumer are there to do them
public record Queue(String consumer, String topic, long waiting, int members) {
    /// Whether it holds what is to be tried again.
    boolean isRetry() {
        return topic.endsWith("." + consumer + ".retry");
    }
}
