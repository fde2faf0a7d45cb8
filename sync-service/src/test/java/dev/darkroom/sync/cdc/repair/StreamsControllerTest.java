package dev.darkroom.sync.cdc.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/// The door to an instance that does not lead; what one that leads answers is in StreamCommandsIT.
class StreamsControllerTest {
    /// An instance that stands by.
    private static final class Standby implements StreamOperations {
        @Override
        public StreamStatus status() {
            return new StreamStatus(
                    "standby",
                    "another instance leads",
                    0,
                    null,
                    null,
                    ReconcilerStatus.idle("waiting for this instance to lead"));
        }

        @Override
        public String repair() {
            throw new NotHere("this instance does not lead: another instance leads");
        }
    }

    private final MockMvcTester http = MockMvcTester.of(new StreamsController(new Standby()));

    @Test
    void saysThatItStandsByThoughPostgresDoesNotAnswer() {
        assertThat(http.get().uri("/api/streams"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.role")
                .isEqualTo("standby");
    }

    @Test
    void sendsARepairToTheInstanceThatLeads() {
        assertThat(http.post().uri("/api/streams/repair"))
                .hasStatus(HttpStatus.CONFLICT)
                .bodyText()
                .contains("this instance does not lead");
    }
}
