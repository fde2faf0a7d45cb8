package dev.darkroom.thumbnail;

import dev.darkroom.delivery.AssetLedger;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The door for new assets: `asset-created`, all lanes.
@Configuration(proxyBeanMethods = false)
class AssetCreatedListener {
    /// The task's name in the ledger and the consumer's name on Kafka.
    static final String TASK = "thumbnail";

    @Bean
    Subscription<AssetCreated, Made> thumbnailing(
            EventCodec codec,
            MakeThumbnails work,
            JdbcClient jdbc,
            ThumbnailProperties properties) {
        return new Subscription<>(
                TASK,
                SourceTopic.lanes(),
                codec.only(AssetCreated.class),
                work,
                Optional.of(
                        new AssetLedger(
                                jdbc, TASK, asset -> asset.assetType() != AssetType.UNKNOWN)),
                properties.batchSize());
    }
}
