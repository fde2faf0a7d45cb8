package dev.darkroom.delivery;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.darkroom.schema.Event;
import dev.darkroom.schema.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Turns events into Kafka records and back: CloudEvents 1.0, binary mode, data as JSON.
///
/// Reading is strict about what Darkroom needs and ignores fields it does not know, since events
/// only grow.
public final class EventCodec {
    private static final int MAX_EVENT_BYTES = 64 * 1024;

    private final JsonMapper json =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    /// The record that carries an event.
    ///
    /// @param source who publishes: `darkroom/<service>`
    public ProducerRecord<byte[], byte[]> encode(Event event, String source) {
        return encode(event, source, newId(), Instant.now());
    }

    /// The record that carries an event which may be told again.
    ///
    /// @param source who publishes: `darkroom/<service>`
    /// @param id the same each time
    /// @param time when it happened
    public ProducerRecord<byte[], byte[]> encode(
            Event event, String source, UUID id, Instant time) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(event.topic().wireName(), utf8(event.subject()), data(event));
        Headers headers = record.headers();
        headers.add(CloudEventHeaders.SPEC_VERSION, utf8("1.0"));
        headers.add(CloudEventHeaders.ID, utf8(id.toString()));
        headers.add(CloudEventHeaders.TYPE, utf8(event.type().wireName()));
        headers.add(CloudEventHeaders.SOURCE, utf8(source));
        headers.add(CloudEventHeaders.SUBJECT, utf8(event.subject()));
        headers.add(CloudEventHeaders.TIME, utf8(time.toString()));
        headers.add(CloudEventHeaders.CONTENT_TYPE, utf8("application/json"));
        return record;
    }

    /// The event's data as it stands in a record's value and in the outbox.
    public byte[] data(Event event) {
        return json.writeValueAsBytes(event);
    }

    /// The event in a record.
    ///
    /// @throws GiveUp naming what is wrong with the record
    public Event decode(ConsumerRecord<byte[], byte[]> record) throws GiveUp {
        String typeName = header(record.headers(), CloudEventHeaders.TYPE);
        if (typeName == null) {
            throw new GiveUp(
                    "the header ce_type is missing: publish CloudEvents 1.0 in Kafka's binary mode");
        }
        EventType type =
                EventType.ofWireName(typeName)
                        .orElseThrow(() -> new GiveUp("the event type is not known: " + typeName));
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            throw new GiveUp("the event has no data");
        }
        if (value.length > MAX_EVENT_BYTES) {
            throw new GiveUp("an event has at most 64 KiB, this one has " + value.length);
        }
        try {
            return json.readValue(value, type.eventClass());
        } catch (JacksonException e) {
            throw new GiveUp("the data is no " + typeName + ": " + cause(e), e);
        }
    }

    /// Reads one class of event; any other on the topic is a mistake of its publisher.
    public <E extends Event> Decoder<E> only(Class<E> eventClass) {
        return record -> {
            Event event = decode(record);
            if (!eventClass.isInstance(event)) {
                throw new GiveUp(
                        event.type().wireName() + " does not belong on topic " + record.topic());
            }
            return eventClass.cast(event);
        };
    }

    /// A new id: UUIDv7, so that ids sort by time and indexes stay dense.
    public static UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /// The last value of a header as text, or null.
    public static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What the event's own checks say is the best reason; Jackson's words come around it.
    private static String cause(JacksonException e) {
        return e.getCause() instanceof IllegalArgumentException own
                ? String.valueOf(own.getMessage())
                : e.getOriginalMessage();
    }
}
