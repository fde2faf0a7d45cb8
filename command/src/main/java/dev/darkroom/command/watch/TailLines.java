package dev.darkroom.command.watch;

import dev.darkroom.streams.ChangeFormat;
import dev.darkroom.streams.ChangeRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// How records become lines.
public sealed interface TailLines {
    /// The whole record as JSON, whatever is on the topic: see [RecordLine].
    record Whole() implements TailLines {}

    /// Changes, and nothing but changes, in a format.
    record Changes(ChangeFormat format) implements TailLines {}

    /// What comes before the lines of these changes.
    default byte[] before(List<ChangeRecord> changes) {
        return switch (this) {
            case Whole _ -> new byte[0];
            case Changes(var format) -> utf8(format.before(changes));
        };
    }

    /// One line.
    ///
    /// @param change what the record says, if it is a change
    default byte[] line(ConsumerRecord<byte[], byte[]> record, @Nullable ChangeRecord change) {
        return switch (this) {
            case Whole _ -> RecordLine.of(record);
            case Changes(var format) -> {
                if (change == null) {
                    throw new IllegalArgumentException("not a topic of changes: " + record.topic());
                }
                yield utf8(format.text(change) + "\n");
            }
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
