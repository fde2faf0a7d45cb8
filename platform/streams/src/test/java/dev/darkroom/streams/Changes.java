package dev.darkroom.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Records of changes as sync-service writes them.
final class Changes {
    static final Instant COMMITTED = Instant.parse("2026-11-21T07:40:00.123Z");

    private Changes() {}

    static ChangeRecord change(
            String op, long lsn, @Nullable String before, @Nullable String after) {
        return change(op, lsn, COMMITTED, before, after, "");
    }

    static ChangeRecord at(Instant committed, String op, long lsn, @Nullable String after) {
        return change(op, lsn, committed, null, after, "");
    }

    static ChangeRecord change(
            String op,
            long lsn,
            Instant committed,
            @Nullable String before,
            @Nullable String after,
            String more) {
        String value =
                "{\"before\":%s,\"after\":%s,%s\"source\":{\"lsn\":%d,\"txId\":7,\"schema\":\"public\",\"table\":\"assets\",\"ts_ms\":%d},\"op\":\"%s\",\"ts_ms\":1}"
                        .formatted(before, after, more, lsn, committed.toEpochMilli(), op);
        return ChangeRecord.of(record("cdc.assets", op.equals("t") ? null : "{\"id\":1}", value));
    }

    static ConsumerRecord<byte[], byte[]> record(
            String topic, @Nullable String key, @Nullable String value) {
        return new ConsumerRecord<>(topic, 3, 17, bytes(key), bytes(value));
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
