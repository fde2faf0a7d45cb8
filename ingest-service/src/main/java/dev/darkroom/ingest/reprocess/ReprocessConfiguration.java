package dev.darkroom.ingest.reprocess;

import dev.darkroom.delivery.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What doing work again needs.
@Configuration(proxyBeanMethods = false)
class ReprocessConfiguration {
    @Bean
    Reprocess reprocess(JdbcClient jdbc, Outbox outbox, PlatformTransactionManager manager) {
        return new Reprocess(new LackingAssets(jdbc), outbox, new TransactionTemplate(manager));
    }
}
