package dev.darkroom.embedding.space;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What spaces need.
@Configuration(proxyBeanMethods = false)
class SpaceConfiguration {
    @Bean
    Spaces spaces(JdbcClient jdbc, PlatformTransactionManager manager) {
        return new Spaces(jdbc, new TransactionTemplate(manager));
    }

    @Bean
    Vectors vectors(JdbcClient jdbc) {
        return new Vectors(jdbc);
    }

    @Bean
    SpaceDesk spaceDesk(Spaces spaces) {
        return new SpaceDesk(spaces);
    }
}
