package dev.darkroom.library.duplicate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How the review of duplicates is put together.
@Configuration(proxyBeanMethods = false)
class DuplicateConfiguration {
    @Bean
    DuplicateGroups duplicateGroups(JdbcClient jdbc) {
        return new DuplicateGroups(new DuplicatePairs(jdbc));
    }
}
