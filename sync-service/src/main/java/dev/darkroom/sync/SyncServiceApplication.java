package dev.darkroom.sync;

import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.Role;
import dev.darkroom.sync.cdc.ChangeStreams;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/// PostgreSQL's log => the `cdc.*` topics and the outbox's events.
///
/// Spring's data source stays out: the stream keeps its own few connections, since losing one of
/// them means something.
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties({
    SyncProperties.class,
    KafkaProperties.class,
    DatabaseProperties.class
})
public class SyncServiceApplication {
    public static void main(String[] args) {
        System.setProperty("spring.config.name", "sync-service");
        SpringApplication.run(SyncServiceApplication.class, args);
    }

    @Bean
    ChangeStreams changeStreams(
            SyncProperties sync, KafkaProperties kafka, DatabaseProperties database) {
        return new ChangeStreams(sync.cdc(), kafka, database.address(), database.login(Role.CDC));
    }
}
