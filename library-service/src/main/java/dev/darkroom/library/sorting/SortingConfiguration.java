package dev.darkroom.library.sorting;

import dev.darkroom.library.people.FaceTurns;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// How the sorting of faces is put together.
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(SortingProperties.class)
class SortingConfiguration {
    @Bean
    SortFaces sortFaces(
            JdbcClient jdbc,
            FaceTurns turns,
            PlatformTransactionManager manager,
            SortingProperties properties) {
        return new SortFaces(
                new DueFaces(jdbc), turns, new TransactionTemplate(manager), properties);
    }
}
