package dev.darkroom.sync.cdc;

import java.nio.charset.StandardCharsets;

/// Text as it travels in keys and headers.
final class Utf8 {
    private Utf8() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
