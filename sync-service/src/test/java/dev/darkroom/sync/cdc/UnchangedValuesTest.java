package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnchangedValuesTest {
    private final UnchangedValues unchanged = new UnchangedValues();

    @Test
    void recognisesThePlaceholderInEachOfItsForms() {
        byte[] bytes = unchanged.placeholder().getBytes(StandardCharsets.UTF_8);
        List<Integer> numbers = new ArrayList<>();
        for (byte each : bytes) {
            numbers.add((int) each);
        }

        assertThat(unchanged.contains(unchanged.placeholder())).isTrue();
        assertThat(unchanged.contains(ByteBuffer.wrap(bytes))).isTrue();
        assertThat(unchanged.contains(List.of(unchanged.placeholder()))).isTrue();
        assertThat(unchanged.contains(numbers)).isTrue();
    }

    @Test
    void takesNoRealValueForIt() {
        assertThat(unchanged.contains(null)).isFalse();
        assertThat(unchanged.contains("")).isFalse();
        assertThat(unchanged.contains(List.of())).isFalse();
        assertThat(unchanged.contains(List.of(1, 2, 3))).isFalse();
        assertThat(unchanged.contains("__debezium_unavailable_value")).isFalse();
        assertThat(unchanged.contains(new UnchangedValues().placeholder())).isFalse();
    }
}
