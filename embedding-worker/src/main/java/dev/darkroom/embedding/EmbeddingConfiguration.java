package dev.darkroom.embedding;

import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.DeliveryConfiguration;
import dev.darkroom.schema.Role;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// How embedding-worker is put together.
@Configuration(proxyBeanMethods = false)
@Import(DeliveryConfiguration.class)
@EnableConfigurationProperties(DatabaseProperties.class)
class EmbeddingConfiguration {
    @Bean
    DataSource dataSource(DatabaseProperties database) {
        return Pools.open(
                database.address(),
                database.login(Role.EMBEDDING),
                EmbeddingWorkerApplication.NAME);
    }
}
