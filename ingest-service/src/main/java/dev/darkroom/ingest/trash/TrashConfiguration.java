package dev.darkroom.ingest.trash;

import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.file.OwnStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// How the trash is emptied.
@Configuration(proxyBeanMethods = false)
class TrashConfiguration {
    @Bean
    Purge purge(JdbcClient jdbc, Outbox outbox, OwnStore own, PlatformTransactionManager manager) {
        TransactionTemplate transaction = new TransactionTemplate(manager);
        return new Purge(
                new TrashRows(jdbc, outbox),
                own,
                work -> transaction.executeWithoutResult(_ -> work.run()));
    }
}
