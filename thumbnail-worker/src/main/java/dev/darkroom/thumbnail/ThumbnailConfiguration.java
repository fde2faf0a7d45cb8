package dev.darkroom.thumbnail;

import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.DeliveryConfiguration;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.MediaProperties;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.schema.Role;
import java.util.Map;
import java.util.Objects;
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
        return MediaPool.shared(media.options(properties.processes()));
    }

    @Bean
    Drawing drawing(JdbcClient jdbc, MediaPool media, ThumbnailProperties properties)
            throws MediaChildLost, InterruptedException {
        requireEncoders(media, properties);
        return new Drawing(new Repositories(jdbc), media);
    }

    @Bean
    MakeThumbnails makeThumbnails(
            Drawing drawing, JdbcClient jdbc, ThumbnailProperties properties) {
        return new MakeThumbnails(
                drawing, new Thumbnails(jdbc), properties.always(), properties.loopEdge());
    }

    @Bean
    MakeRequested makeRequested(Drawing drawing, JdbcClient jdbc, ThumbnailProperties properties) {
        return new MakeRequested(drawing, new Thumbnails(jdbc), properties);
    }

    /// Better no start than a dead letter for every photo. JPEG can be written everywhere, so
    /// nobody waits for the first child who wants nothing else.
    private static void requireEncoders(MediaPool media, ThumbnailProperties properties)
            throws MediaChildLost, InterruptedException {
        for (Map.Entry<String, ThumbnailProfile> profile : properties.profiles().entrySet()) {
            PictureFormat format = profile.getValue().format();
            if (format != PictureFormat.JPEG && !media.capabilities().outputs().contains(format)) {
                throw new IllegalStateException(
                        "darkroom.thumbnail.profiles.%s.format: %s cannot be written here (%s); %s, or say jpeg"
                                .formatted(
                                        profile.getKey(),
                                        format,
                                        String.join("; ", media.capabilities().missing()),
                                        Objects.requireNonNullElse(
                                                media.capabilities().install(),
                                                "a newer libvips may")));
            }
        }
    }
}
