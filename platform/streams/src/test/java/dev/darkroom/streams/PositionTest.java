package dev.darkroom.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void isReadBackFromItsText() {
        String text = "asset_files:0=12-5,1=7;thumbnails:0=3";

        Position position = Position.of(text);

        assertThat(position).hasToString(text);
        assertThat(position.next("cdc.asset_files", 0)).isEqualTo(12);
        assertThat(position.again("cdc.asset_files", 0)).isEqualTo(5);
        assertThat(position.next("cdc.asset_files", 1)).isEqualTo(7);
        assertThat(position.again("cdc.asset_files", 1)).isZero();
        assertThat(position.next("cdc.thumbnails", 0)).isEqualTo(3);
    }

    @Test
    void aPartitionThatIsNewerThanThePositionIsReadFromItsBeginning() {
        assertThat(Position.of("assets:0=12").next("cdc.assets", 5)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "assets",
                "assets:0",
                "assets:0=x",
                "assets:0=1-",
                "a b:0=1",
                "assets:0=1;"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Position.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a position");
    }
}
