package dev.darkroom.sync;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.Role;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/// Watched folders => `file_records` and `sync_operations`; PostgreSQL's log => the `cdc.*` topics,
/// the outbox's events and `file-changed`.
///
/// The two halves log in as two roles. The change streams keep their own few connections, since
/// losing one of them means something.
@SpringBootApplication
@EnableConfigurationProperties({
    SyncProperties.class,
    KafkaProperties.class,
    DatabaseProperties.class
})
public class SyncServiceApplication {
    /// The name of the service and of its configuration file.
    public static final String NAME = "sync-service";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", NAME);
        SpringApplication.run(SyncServiceApplication.class, args);
    }

    /// The folders' half.
    @Bean
    HikariDataSource dataSource(DatabaseProperties database) {
        return Pools.open(database.address(), database.login(Role.SYNC), NAME);
    }
}
