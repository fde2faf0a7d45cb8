package dev.darkroom.library.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, bytes 0-0/10",
        "bytes=2-4, bytes 2-4/10",
        "bytes=7-, bytes 7-9/10",
        "bytes=0-, bytes 0-9/10",
        "bytes=-3, bytes 7-9/10",
        "bytes=-99, bytes 0-9/10",
        "bytes=8-99, bytes 8-9/10",
    })
    void answersTheRangeThatWasAskedFor(String header, String contentRange) {
        assertThat(ByteRange.of(header, 10))
                .hasValueSatisfying(
                        range -> {
                            assertThat(range.isPart()).isTrue();
                            assertThat(range.contentRange()).isEqualTo(contentRange);
                        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=4-2", "lines=1-2", "bytes=0-1,4-5"})
    void answersTheWholeFileToAHeaderThatSaysNothingOfUse(String header) {
        assertThat(ByteRange.of(header, 10)).contains(new ByteRange(0, 10, 10, false));
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-, 10", "bytes=10-11, 10", "bytes=-0, 10", "bytes=0-, 0", "bytes=-5, 0"})
    void findsNothingOutsideOfTheFile(String header, long total) {
        assertThat(ByteRange.of(header, total)).isEmpty();
    }
}
