package dev.darkroom.library.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearTest {
    @Test
    void readsLatitudeLongitudeAndRadius() {
        assertThat(Near.parse("-33.8568,151.2153,0.5")).isEqualTo(new Near(-33.8568, 151.2153, .5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2", "91,0,1", "0,181,1", "0,0,0", "a,b,c", "1,2,3,4", "NaN,0,1"})
    void refusesWhatIsNoCircleOnTheGlobe(String text) {
        assertThatThrownBy(() -> Near.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("latitude");
    }
}
