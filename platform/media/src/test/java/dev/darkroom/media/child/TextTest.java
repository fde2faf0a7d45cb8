package dev.darkroom.media.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void removesControlCharactersAndHalfSurrogates() {
        assertThat(Text.clean("a\0b\u0007c\ud800d\ufffde\u0085f", 100)).isEqualTo("abcdef");
        assertThat(Text.clean("two\nlines\tand 📷", 100)).isEqualTo("two\nlines\tand 📷");
    }

    @Test
    void cutsAtBytesWithoutBreakingACharacter() {
        String clean = Text.clean("ü📷".repeat(100), 10);

        assertThat(clean).isEqualTo("ü📷ü");
        assertThat(clean.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(10);
    }
}
