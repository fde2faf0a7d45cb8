package dev.darkroom.embedding;

import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.DeliveryConfiguration;
import dev.darkroom.embedding.space.Spaces;
import dev.darkroom.embedding.space.Vectors;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.MediaProperties;
import dev.darkroom.schema.Role;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/// How embedding-worker is put together.
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import(DeliveryConfiguration.class)
@EnableConfigurationProperties({
    EmbeddingProperties.class,
    DatabaseProperties.class,
    MediaProperties.class
})
class EmbeddingConfiguration {
    @Bean
    DataSource dataSource(DatabaseProperties database) {
        return Pools.open(
                database.address(),
                database.login(Role.EMBEDDING),
                EmbeddingWorkerApplication.NAME);
    }

    @Bean
    MediaPool mediaPool(EmbeddingProperties properties, MediaProperties media) {
        return MediaPool.shared(media.options(properties.processes()));
    }

    @Bean
    Embedder visualV1() {
        return new VisualV1Embedder();
    }

    @Bean
    Model pdq() {
        return new PdqModel();
    }

    @Bean
    Capabilities capabilities(JdbcClient jdbc, List<Model> models) {
        Capabilities capabilities = new Capabilities(jdbc, models);
        capabilities.report();
        return capabilities;
    }

    @Bean
    OpenSpaces openSpaces(Spaces spaces, List<Embedder> embedders) {
        OpenSpaces open = new OpenSpaces(spaces, embedders);
        open.announce();
        return open;
    }

    @Bean
    EmbedPictures embedPictures(
            JdbcClient jdbc,
            MediaPool media,
            OpenSpaces spaces,
            Vectors vectors,
            Capabilities capabilities) {
        return new EmbedPictures(
                new Originals(jdbc),
                media,
                spaces,
                vectors,
                new Hashes(jdbc),
                new SkippedTasks(jdbc, capabilities.missing()));
    }
}
