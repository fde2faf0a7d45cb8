package dev.darkroom.sync.cdc;

import dev.darkroom.delivery.CloudEventHeaders;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Struct;

/// Turns a new row of the outbox into the event it stands for: CloudEvents 1.0 in binary mode on
/// the topic that the row names, keyed by its aggregate.
final class OutboxEvents {
    static final String TABLE = "outbox";

    /// The only role that may insert into the outbox is ingest-service's.
    private static final String SOURCE = "darkroom/ingest-service";

    private OutboxEvents() {}

    static ProducerRecord<byte[], byte[]> event(Struct row) {
        String subject = row.getString("aggregate_id");
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(
                        row.getString("topic"),
                        Utf8.bytes(subject),
                        Utf8.bytes(row.getString("payload")));
        Headers headers = event.headers();
        headers.add(CloudEventHeaders.SPEC_VERSION, Utf8.bytes("1.0"));
        headers.add(CloudEventHeaders.ID, Utf8.bytes(row.getString("id")));
        headers.add(CloudEventHeaders.TYPE, Utf8.bytes(row.getString("event_type")));
        headers.add(CloudEventHeaders.SOURCE, Utf8.bytes(SOURCE));
        headers.add(CloudEventHeaders.SUBJECT, Utf8.bytes(subject));
        headers.add(CloudEventHeaders.TIME, Utf8.bytes(row.getString("created_at")));
        headers.add(CloudEventHeaders.CONTENT_TYPE, Utf8.bytes("application/json"));
        return event;
    }
}
