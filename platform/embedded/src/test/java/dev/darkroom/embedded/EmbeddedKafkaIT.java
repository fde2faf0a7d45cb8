package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final Ports ANY = new Ports(0, 0, 0);

    @TempDir Path folder;

    @Test
    void keepsTopicsAndRecordsOverARestartOnOtherPorts() throws Exception {
        // given an acknowledged record
        Ports first = Ports.choose(ANY, ANY);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, first, true)) {
            Records records = new Records(kafka.bootstrapServers(), "kept");
            records.createTopic();
            records.send("before");
        }

        // when the broker starts again, on other ports
        Ports second = Ports.choose(ANY, ANY);
        assertThat(second).isNotEqualTo(first);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, second, true)) {
            Records records = new Records(kafka.bootstrapServers(), "kept");
            records.send("after");

            // then it is there, and so is the next
            assertThat(records.readAll()).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void makesNoTopicThatNobodyCreated() {
        String shared = TestBackends.shared().bootstrapServers();
        assertThatThrownBy(() -> new Records(shared, "never-created").send("lost"))
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("never-created not present");
    }
}
