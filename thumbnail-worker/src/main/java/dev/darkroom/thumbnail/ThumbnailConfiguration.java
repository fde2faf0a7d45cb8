package dev.darkroom.thumbnail;

import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.DeliveryConfiguration;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.MediaProperties;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.schema.Role;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How thumbnail-worker is put together.
@Configuration(proxyBeanMethods = false)
@Import(DeliveryConfiguration.class)
@EnableConfigurationProperties({
    ThumbnailProperties.class,
    DatabaseProperties.class,
    MediaProperties.class
})
class ThumbnailConfiguration {
    @Bean
    DataSource dataSource(DatabaseProperties database) {
        return Pools.open(
                database.address(),
                database.login(Role.THUMBNAIL),
                ThumbnailWorkerApplication.NAME);
    }

    @Bean
    MediaPool mediaPool(ThumbnailProperties properties, MediaProperties media) {
        return new MediaPool(media.options(properties.processes()));
    }

    @Bean
    MakeThumbnails makeThumbnails(
            JdbcClient jdbc, MediaPool media, ThumbnailProperties properties) {
        RenderRequest request =
                new RenderRequest(
                        properties.sizes().entrySet().stream()
                                .map(size -> new RenderSize(size.getKey(), size.getValue()))
                                .toList(),
                        properties.quality());
        return new MakeThumbnails(
                new Repositories(jdbc),
                new Thumbnails(jdbc),
                media,
                request,
                properties.loopEdge());
    }
}
