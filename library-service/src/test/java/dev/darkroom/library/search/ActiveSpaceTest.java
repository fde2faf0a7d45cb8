package dev.darkroom.library.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActiveSpaceTest {
    @ParameterizedTest
    @CsvSource({"0, 200", "100000, 200", "1000000, 400", "10000000, 800"})
    void aLargerSpaceIsSearchedDeeper(long vectors, int candidates) {
        ActiveSpace space =
                new ActiveSpace(
                        UUID.randomUUID(),
                        "visual",
                        "visual-v1@1",
                        512,
                        Metric.COSINE,
                        "hnsw",
                        0,
                        vectors);

        assertThat(space.candidates(200)).isEqualTo(candidates);
    }
}
