package dev.darkroom.schema;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What every event's fields are held to, wherever they come from: anyone may publish.
final class Require {
    private static final int MAX_NAME_BYTES = 255;

    private Require() {}

    static <T> T present(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static void fileName(@Nullable String fileName) {
        String name = present(fileName, "fileName");
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("fileName must have 1 to 255 bytes: " + name);
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("fileName must be a name, not a path: " + name);
        }
    }

    static void size(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative: " + size);
        }
    }

    static void fileId(long fileId) {
        if (fileId < 1) {
            throw new IllegalArgumentException("fileId starts at 1: " + fileId);
        }
    }

    static void version(long version) {
        if (version < 1) {
            throw new IllegalArgumentException("version starts at 1: " + version);
        }
    }

    static void text(@Nullable String value, String field) {
        if (present(value, field).isBlank()) {
            throw new IllegalArgumentException(field + " is empty");
        }
    }

    static void count(long value, String field) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must not be negative: " + value);
        }
    }
}
