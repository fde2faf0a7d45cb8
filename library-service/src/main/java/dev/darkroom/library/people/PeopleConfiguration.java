package dev.darkroom.library.people;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// How people and faces are put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PeopleProperties.class)
class PeopleConfiguration {
    @Bean
    FaceTurns faceTurns(JdbcClient jdbc) {
        return new FaceTurns(jdbc);
    }

    @Bean
    Faces faces(JdbcClient jdbc) {
        return new Faces(jdbc);
    }

    @Bean
    FacePictures facePictures(PeopleProperties properties) {
        return new WorkerFacePictures(properties.picturesUrl(), properties.picturesPatience());
    }

    @Bean
    PeopleDesk peopleDesk(
            JdbcClient jdbc, Faces faces, FaceTurns turns, PlatformTransactionManager manager) {
        TransactionTemplate template = new TransactionTemplate(manager);
        return new PeopleDesk(
                new People(jdbc),
                faces,
                new WhoseFaces(jdbc),
                turns,
                new PeopleDesk.Transaction() {
                    @Override
                    public <T> T run(Supplier<T> work) {
                        return Objects.requireNonNull(template.execute(_ -> work.get()));
                    }
                });
    }
}
