package dev.darkroom.ingest;

import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.DeliveryConfiguration;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.asset.AssetRows;
import dev.darkroom.ingest.asset.RequiredTasks;
import dev.darkroom.ingest.file.OwnStore;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.MediaProperties;
import dev.darkroom.schema.Role;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How ingest-service is put together.
@Configuration(proxyBeanMethods = false)
@Import(DeliveryConfiguration.class)
@EnableConfigurationProperties({
    IngestProperties.class,
    DatabaseProperties.class,
    MediaProperties.class
})
class IngestConfiguration {
    @Bean
    DataSource dataSource(DatabaseProperties database) {
        return Pools.open(
                database.address(), database.login(Role.INGEST), IngestServiceApplication.NAME);
    }

    @Bean
    MediaPool mediaPool(IngestProperties properties, MediaProperties media) {
        return MediaPool.shared(media.options(properties.mediaProcesses()));
    }

    @Bean
    Repositories repositories(JdbcClient jdbc, IngestProperties properties) {
        Repositories repositories = new Repositories(jdbc);
        repositories.ensureDefault(EventCodec.newId(), properties.libraryFolder());
        return repositories;
    }

    @Bean
    OwnStore ownStore(Repositories repositories) {
        Repository own = repositories.defaultRepository();
        return new OwnStore(own.id(), own.store());
    }

    @Bean
    AssetRows assetRows(JdbcClient jdbc, Outbox outbox, IngestProperties properties) {
        return new AssetRows(
                jdbc,
                outbox,
                new RequiredTasks(
                        properties.photoTasks(), properties.videoTasks(), properties.audioTasks()));
    }

    @Bean
    Assets assets(JdbcClient jdbc, Outbox outbox, AssetRows rows) {
        return new Assets(jdbc, outbox, rows);
    }

    @Bean
    IngestFiles ingestFiles(
            Repositories repositories,
            Assets assets,
            MediaPool media,
            IngestProperties properties) {
        return new IngestFiles(
                new Sources(repositories, properties.allowedRoots()), repositories, assets, media);
    }

    @Bean
    Readiness readiness(JdbcClient jdbc, Outbox outbox) {
        return new Readiness(jdbc, outbox);
    }
}
