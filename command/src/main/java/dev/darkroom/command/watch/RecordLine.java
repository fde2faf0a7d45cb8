package dev.darkroom.command.watch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A Kafka record as one line of JSON: topic, partition, offset, time, headers, key, value.
///
/// Keys and values that are JSON stand there as JSON, other text as a string, a missing one as
/// null.
final class RecordLine {
    private static final JsonFactory JSON = new JsonFactory();

    private RecordLine() {}

    /// The line, with its line feed.
    static byte[] of(ConsumerRecord<byte[], byte[]> record) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator to =
                JSON.createGenerator(ObjectWriteContext.empty(), line, JsonEncoding.UTF8)) {
            to.writeStartObject();
            to.writeStringProperty("topic", record.topic());
            to.writeNumberProperty("partition", record.partition());
            to.writeNumberProperty("offset", record.offset());
            to.writeStringProperty("time", Instant.ofEpochMilli(record.timestamp()).toString());
            to.writeName("headers");
            to.writeStartObject();
            for (Header header : record.headers()) {
                to.writeName(header.key());
                text(to, header.value());
            }
            to.writeEndObject();
            to.writeName("key");
            any(to, record.key());
            to.writeName("value");
            any(to, record.value());
            to.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void any(JsonGenerator to, byte @Nullable [] bytes) {
        if (bytes == null || !isJson(bytes)) {
            text(to, bytes);
        } else if (isOneLine(bytes)) {
            to.writeRawValue(new String(bytes, StandardCharsets.UTF_8));
        } else {
            try (JsonParser from = JSON.createParser(ObjectReadContext.empty(), bytes)) {
                from.nextToken();
                to.copyCurrentStructureExact(from);
            }
        }
    }

    /// In JSON a line feed can only stand between tokens.
    private static boolean isOneLine(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n' || b == '\r') {
                return false;
            }
        }
        return true;
    }

    /// Looked at as a whole first: half a copied structure could not be taken back.
    private static boolean isJson(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static void text(JsonGenerator to, byte @Nullable [] bytes) {
        if (bytes == null) {
            to.writeNull();
        } else {
            to.writeString(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
