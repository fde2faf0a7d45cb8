package dev.darkroom.thumbnail;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.schema.ThumbnailRequested;
import dev.darkroom.schema.Topic;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The door for thumbnails that somebody waits for: `thumbnail-requested`.
@Configuration(proxyBeanMethods = false)
class ThumbnailRequestedListener {
    /// The consumer's name on Kafka.
    static final String CONSUMER = "thumbnail-on-demand";

    @Bean
    Subscription<ThumbnailRequested, Made> thumbnailingOnDemand(
            EventCodec codec, MakeRequested work, JdbcClient jdbc, ThumbnailProperties properties) {
        return new Subscription<>(
                CONSUMER,
                SourceTopic.only(Topic.THUMBNAIL_REQUESTED),
                codec.only(ThumbnailRequested.class),
                work,
                Optional.of(new RequestLedger(jdbc)),
                properties.batchSize());
    }
}
