package dev.darkroom.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.Words;
import dev.darkroom.inference.runtime.NativeLibraries;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    @TempDir private Path folder;

    private Path file;

    @BeforeAll
    static void nativeLibraries() {
        NativeLibraries.unpackInto(Path.of("target", "native").toAbsolutePath());
    }

    @BeforeEach
    void tokenizer() {
        file = folder.resolve("tokenizer.json");
        Words.to(file);
    }

    @Test
    void aTextIsMarkedAndFilledUp() {
        try (Tokens tokens = Tokens.open(file, rules(0, false, false), 6)) {
            assertThat(tokens.of("red Green"))
                    .containsExactly(Words.START, Words.RED, Words.GREEN, Words.END, 0, 0);
        }
    }

    @Test
    void theFillingIsTheModelsOwn() {
        try (Tokens tokens = Tokens.open(file, rules(Words.PAD, false, false), 4)) {
            assertThat(tokens.of("blue"))
                    .containsExactly(Words.START, Words.BLUE, Words.END, Words.PAD);
        }
    }

    @Test
    void aLongTextKeepsItsEnd() {
        try (Tokens tokens = Tokens.open(file, rules(0, false, false), 5)) {
            assertThat(tokens.of("red ".repeat(60)))
                    .containsExactly(Words.START, Words.RED, Words.RED, Words.RED, Words.END);
        }
    }

    @Test
    void aTextThatFitsExactlyIsNotCut() {
        try (Tokens tokens = Tokens.open(file, rules(0, false, false), 4)) {
            assertThat(tokens.of("red blue"))
                    .containsExactly(Words.START, Words.RED, Words.BLUE, Words.END);
        }
    }

    @Test
    void anEmptyTextIsItsMarks() {
        try (Tokens tokens = Tokens.open(file, rules(0, false, false), 4)) {
            assertThat(tokens.of("  \n ")).containsExactly(Words.START, Words.END, 0, 0);
            assertThat(tokens.length("")).isEqualTo(2);
        }
    }

    @Test
    void punctuationGoesWhereTheModelWasTrainedWithoutIt() {
        try (Tokens clean = Tokens.open(file, rules(0, false, true), 8);
                Tokens plain = Tokens.open(file, rules(0, false, false), 8)) {
            assertThat(clean.of("Red, blue!!")).isEqualTo(clean.of("red blue"));
            assertThat(plain.of("Red, blue!!")).isNotEqualTo(plain.of("red blue"));
        }
    }

    @Test
    void anythingAtAllBecomesIds() {
        try (Tokens tokens = Tokens.open(file, rules(0, true, false), 77)) {
            for (String text :
                    new String[] {"naïve café ☕", "東京", "\u0000\ud83d", "x".repeat(9_999)}) {
                assertThat(Arrays.stream(tokens.of(text)).max().orElse(-1))
                        .as(text)
                        .isEqualTo(Words.END);
            }
        }
    }

    @Test
    void aMissingFillingIsRefused() {
        TextRules silent =
                new TextRules(OptionalInt.empty(), OptionalLong.empty(), false, false, "");

        assertThatThrownBy(() -> Tokens.open(file, silent, 4))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("pad_token in tokenizer_config.json");
    }

    @Test
    void aDamagedTokenizerIsRefusedByName() {
        ModelFolders.write(file, "{\"model\": {\"type\": \"BPE\"");

        assertThatThrownBy(() -> Tokens.open(file, rules(0, false, false), 4))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining(file.toString());
    }

    private static TextRules rules(long pad, boolean lowercase, boolean canonicalize) {
        return new TextRules(
                OptionalInt.empty(), OptionalLong.of(pad), lowercase, canonicalize, "a test");
    }
}
