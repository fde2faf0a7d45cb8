package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.sync.SyncServiceApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;

class SyncServiceIT {
    @TempDir Path folder;

    @Test
    void streamsAsASpringBootApplicationOfItsOwn() throws Exception {
        // given
        try (StreamHouse house = StreamHouse.open(folder)) {
            // when
            try (var context =
                    new SpringApplicationBuilder(SyncServiceApplication.class)
                            .properties("spring.config.name=sync-service")
                            .run(
                                    "--darkroom.kafka.bootstrap-servers="
                                            + house.kafka().bootstrapServers(),
                                    "--darkroom.database.host=" + house.address().host(),
                                    "--darkroom.database.port=" + house.address().port(),
                                    "--darkroom.database.name=" + house.address().name(),
                                    "--server.port=0",
                                    "--darkroom.database.password=secret",
                                    "--darkroom.sync.cdc.password=secret")) {
                ChangeStreams stream = context.getBean(ChangeStreams.class);
                house.write(Library.repository());

                // then
                assertThat(stream.state()).isInstanceOf(StreamState.Leading.class);
                StreamHouse.await("a record", () -> stream.recordsPublished() > 0);
                assertThat(stream.lastLsn()).isPositive();
            }
        }
    }
}
