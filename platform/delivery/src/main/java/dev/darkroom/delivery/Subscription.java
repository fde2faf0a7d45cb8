package dev.darkroom.delivery;

import dev.darkroom.schema.Topic;
import java.util.List;
import java.util.Optional;

/// Who reads which topics, and what becomes of each record. Starting one is [Subscriptions]'s
/// business.
///
/// @param consumer the name of the consumer group, and part of the names of its retry and dead
///   letter topics
/// @param topics most urgent first
/// @param decoder reads a record
/// @param work what is done with it
/// @param ledger the task whose rows are kept, if any
/// @param batchSize the most records that are worked on and written together
/// @param <M> the message
/// @param <R> what one message results in
public record Subscription<M, R>(
        String consumer,
        List<SourceTopic> topics,
        Decoder<M> decoder,
        Work<M, R> work,
        Optional<Ledger<M>> ledger,
        int batchSize) {
    public Subscription {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException(consumer + " reads no topic");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be positive: " + batchSize);
        }
    }

    String retryTopic() {
        return Topic.retryTopic(topics.getFirst().name(), consumer);
    }

    String deadLetterTopic() {
        return Topic.deadLetterTopic(topics.getFirst().name(), consumer);
    }
}
