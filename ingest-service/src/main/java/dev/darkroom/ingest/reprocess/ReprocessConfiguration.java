package dev.darkroom.ingest.reprocess;

import dev.darkroom.delivery.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What doing work again needs.
@Configuration(proxyBeanMethods = false)
class ReprocessConfiguration {
    @Bean
    Reprocess reprocess(JdbcClient jdbc, Outbox outbox) {
        return new Reprocess(new LackingAssets(jdbc, outbox));
    }
}
