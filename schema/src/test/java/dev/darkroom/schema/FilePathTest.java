package dev.darkroom.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {
    @Test
    void textStaysAsItIs() {
        assertThat(FilePath.ofBytes("2025/Grünsee/🏔 1.jpg".getBytes(UTF_8)).text())
                .isEqualTo("2025/Grünsee/🏔 1.jpg");
    }

    @Test
    void bytesThatAreNotUtf8AndBackslashesAreEscaped() {
        byte[] bytes = {'c', 'a', 'f', (byte) 0xE9, '\\', '/', (byte) 0xFF, (byte) 0xC3, 'x'};

        assertThat(FilePath.ofBytes(bytes).text()).isEqualTo("caf\\xE9\\\\/\\xFF\\xC3x");
    }

    @Test
    void noByteIsLost() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(250)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == 0 || bytes[i] == '/' || bytes[i] == '.') {
                    bytes[i] = 'x';
                }
            }

            assertThat(FilePath.ofBytes(bytes).bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void twoSpellingsOfOneNameAreTwoPaths() {
        assertThat(new FilePath("caf\u00e9")).isNotEqualTo(new FilePath("cafe\u0301"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "a//b",
                "a/",
                "../b",
                "a/../b",
                "./a",
                "a/.",
                "a\0b",
                "\\",
                "a\\n",
                "\\x4",
                "\\xZZ",
                "\ud800"
            })
    void refusesWhatIsNoRelativePath(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FilePath(text));
    }

    @Test
    void refusesAPathThatNoIndexCanHold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilePath("x".repeat(2_601)))
                .withMessageStartingWith("a file path has 1 to 2600 bytes");
    }
}
