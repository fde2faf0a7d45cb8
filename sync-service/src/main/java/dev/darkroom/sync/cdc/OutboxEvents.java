package dev.darkroom.sync.cdc;

import dev.darkroom.delivery.CloudEventHeaders;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Turns a new row of the outbox into the event it stands for: CloudEvents 1.0 in binary mode on
/// the topic that the row names, keyed by its aggregate.
final class OutboxEvents {
    static final String TABLE = "outbox";

    /// The only role that may insert into the outbox is ingest-service's.
    private static final String SOURCE = "darkroom/ingest-service";

    private @Nullable Columns columns;

    ProducerRecord<byte[], byte[]> event(TableShape shape, RowText row) {
        Columns at = columns(shape);
        String subject = row.required(at.aggregateId());
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(
                        row.required(at.topic()), Utf8.bytes(subject), row.value(at.payload()));
        Headers headers = event.headers();
        headers.add(CloudEventHeaders.SPEC_VERSION, Utf8.bytes("1.0"));
        headers.add(CloudEventHeaders.ID, Utf8.bytes(row.required(at.id())));
        headers.add(CloudEventHeaders.TYPE, Utf8.bytes(row.required(at.eventType())));
        headers.add(CloudEventHeaders.SOURCE, Utf8.bytes(SOURCE));
        headers.add(CloudEventHeaders.SUBJECT, Utf8.bytes(subject));
        headers.add(CloudEventHeaders.TIME, Utf8.bytes(shape.printed(row, at.createdAt())));
        headers.add(CloudEventHeaders.CONTENT_TYPE, Utf8.bytes("application/json"));
        return event;
    }

    private Columns columns(TableShape shape) {
        Columns known = columns;
        if (known == null || known.shape() != shape) {
            known = Columns.of(shape);
            columns = known;
        }
        return known;
    }

    /// Where the outbox's columns stand.
    private record Columns(
            TableShape shape,
            int id,
            int aggregateId,
            int topic,
            int eventType,
            int payload,
            int createdAt) {
        static Columns of(TableShape shape) {
            return new Columns(
                    shape,
                    shape.indexOf("id"),
                    shape.indexOf("aggregate_id"),
                    shape.indexOf("topic"),
                    shape.indexOf("event_type"),
                    shape.indexOf("payload"),
                    shape.indexOf("created_at"));
        }
    }
}
