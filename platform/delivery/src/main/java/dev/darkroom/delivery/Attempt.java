package dev.darkroom.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// One record on its way through delivery: which attempt this is, where it came from, where it goes
/// when it fails.
///
/// @param number 1 for the first attempt
record Attempt(ConsumerRecord<byte[], byte[]> record, int number) {
    static Attempt of(ConsumerRecord<byte[], byte[]> record) {
        String done = EventCodec.header(record.headers(), DeliveryHeaders.ATTEMPT);
        return new Attempt(record, done == null ? 1 : Integer.parseInt(done) + 1);
    }

    /// How long until this attempt is due; zero or less when it is.
    Duration untilDue(Instant now) {
        String dueAt = EventCodec.header(record.headers(), DeliveryHeaders.DUE_AT);
        return dueAt == null ? Duration.ZERO : Duration.between(now, Instant.parse(dueAt));
    }

    /// The record again, for the retry topic.
    ProducerRecord<byte[], byte[]> again(
            String topic, String consumer, Exception cause, Instant dueAt) {
        ProducerRecord<byte[], byte[]> copy = copyTo(topic, consumer, cause);
        copy.headers().add(DeliveryHeaders.DUE_AT, EventCodec.utf8(dueAt.toString()));
        return copy;
    }

    /// The record as a dead letter: the original bytes and headers, and why.
    ProducerRecord<byte[], byte[]> dead(String topic, String consumer, Exception cause) {
        return copyTo(topic, consumer, cause);
    }

    private ProducerRecord<byte[], byte[]> copyTo(String topic, String consumer, Exception cause) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        keep(headers, DeliveryHeaders.ORIGIN_TOPIC, record.topic());
        keep(headers, DeliveryHeaders.ORIGIN_PARTITION, String.valueOf(record.partition()));
        keep(headers, DeliveryHeaders.ORIGIN_OFFSET, String.valueOf(record.offset()));
        headers.remove(DeliveryHeaders.DUE_AT);
        replace(headers, DeliveryHeaders.ATTEMPT, String.format(Locale.ROOT, "%d", number));
        replace(headers, DeliveryHeaders.CONSUMER, consumer);
        replace(headers, DeliveryHeaders.REASON, reason(cause));
        replace(headers, DeliveryHeaders.CAUSE, cause.getClass().getName());
        replace(headers, DeliveryHeaders.FAILED_AT, Instant.now().toString());
        return new ProducerRecord<>(topic, null, record.key(), record.value(), headers);
    }

    /// What a person is told: our own words when we have some, otherwise the class and message.
    static String reason(Throwable cause) {
        String message = cause.getMessage();
        if (cause instanceof GiveUp && message != null) {
            return message;
        }
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static void keep(Headers headers, String name, String value) {
        @Nullable String present = EventCodec.header(headers, name);
        if (present == null) {
            headers.add(name, EventCodec.utf8(value));
        }
    }

    private static void replace(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, EventCodec.utf8(value));
    }
}
