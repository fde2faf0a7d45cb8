package dev.darkroom.library.search;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// How the search is put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SearchProperties.class)
class SearchConfiguration implements WebMvcConfigurer {
    @Bean
    Search search(
            JdbcClient jdbc, PlatformTransactionManager manager, SearchProperties properties) {
        return new Search(
                new Search.Tables(
                        new ActiveSpaces(jdbc),
                        new Nearest(jdbc),
                        new Words(jdbc),
                        new Newest(jdbc),
                        readTransaction(jdbc, manager)),
                List.of(
                        new ColourVectors(),
                        new MeaningVectors(properties.wordsUrl(), properties.wordsPatience())),
                properties);
    }

    @Bean
    Capabilities capabilities(JdbcClient jdbc) {
        return new Capabilities(jdbc);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Near.class, Near::parse);
    }

    private static Search.ReadTransaction readTransaction(
            JdbcClient jdbc, PlatformTransactionManager manager) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setReadOnly(true);
        return new Search.ReadTransaction() {
            @Override
            public <T> T run(Supplier<T> work) {
                return template.execute(_ -> work.get());
            }

            @Override
            public void settings(ActiveSpace space, int efSearch, int wanted) {
                SearchSettings.apply(jdbc, space, efSearch, wanted);
            }
        };
    }
}
