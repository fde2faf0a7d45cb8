package dev.darkroom.sync.cdc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Recognises what Debezium writes in place of a large value that an update did not touch, and that
/// PostgreSQL therefore did not log.
///
/// The placeholder is random, so that no real value is ever taken for it.
final class UnchangedValues {
    private final String placeholder = "unchanged-" + UUID.randomUUID();
    private final ByteBuffer bytes = ByteBuffer.wrap(placeholder.getBytes(StandardCharsets.UTF_8));
    private final String uuid =
            UUID.nameUUIDFromBytes(placeholder.getBytes(StandardCharsets.UTF_8)).toString();

    /// What Debezium is configured with.
    String placeholder() {
        return placeholder;
    }

    boolean contains(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case String text -> text.equals(placeholder);
            case ByteBuffer buffer -> buffer.equals(bytes);
            case List<?> list when list.size() == 1 ->
                    contains(list.getFirst()) || uuid.equals(list.getFirst());
            case List<?> list -> isByteByByte(list);
            default -> false;
        };
    }

    /// Arrays of integers get one element for each byte of the placeholder.
    private boolean isByteByByte(List<?> list) {
        if (list.size() != bytes.limit()) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Number number) || number.longValue() != bytes.get(i)) {
                return false;
            }
        }
        return true;
    }
}
