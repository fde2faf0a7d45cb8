package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "../a",
                "a/../b",
                "a/./b",
                "a/..",
                ".staging/a",
                ".hidden",
                "a\0b",
                "a\uD83D",
            })
    void refuses(String value) {
        assertThatThrownBy(() -> new BlobKey(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blob key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b/c", "a/.b", "a/..b", "a/b..", "a/...", "a b/ c", "写真/📷.jpg"})
    void accepts(String value) {
        assertThat(new BlobKey(value).value()).isEqualTo(value);
    }

    @Test
    void countsBytesOfUtf8() {
        String longest = "é".repeat(127) + "x";

        assertThat(new BlobKey(longest).fileName()).isEqualTo(longest);
        assertThatThrownBy(() -> new BlobKey(longest + "x")).hasMessageContaining("255 bytes");
        String segments = "é".repeat(127) + "/";
        assertThat(new BlobKey(segments.repeat(4) + "xxxx")).isNotNull();
        assertThatThrownBy(() -> new BlobKey(segments.repeat(4) + "xxxxx"))
                .hasMessageContaining("1024 bytes");
    }
}
