package dev.darkroom.library.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    private static final UUID ID = UUID.fromString("0198f1f0-0000-7000-8000-0123456789ab");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T04:45:00.123456Z",
                "1969-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00Z",
                "+10000-01-01T00:00:00.000001Z"
            })
    void comesBackFromItsCursorToTheMicrosecond(String time) {
        Position position = new Position(Instant.parse(time), ID, "thumbnail");

        assertThat(Position.ofCursor(position.cursor())).isEqualTo(position);
    }

    @Test
    void isSafeInAUrlAsItIs() {
        assertThat(new Position(Instant.EPOCH, ID).cursor()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "not base64!", "AQ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesWhatNoPageEndedWith(String cursor) {
        assertThatThrownBy(() -> Position.ofCursor(cursor))
                .isInstanceOf(BrokenCursor.class)
                .hasMessageContaining("not a cursor");
    }

    @Test
    void refusesATimeTheDatabaseDoesNotKnow() {
        byte[] bytes = ByteBuffer.allocate(25).put((byte) 1).putLong(Long.MIN_VALUE).array();
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        assertThatThrownBy(() -> Position.ofCursor(cursor)).isInstanceOf(BrokenCursor.class);
    }

    @Test
    void refusesANameThatIsNone() {
        byte[] bytes = ByteBuffer.allocate(27).put((byte) 1).array();
        bytes[25] = '\'';
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        assertThatThrownBy(() -> Position.ofCursor(cursor)).isInstanceOf(BrokenCursor.class);
    }
}
