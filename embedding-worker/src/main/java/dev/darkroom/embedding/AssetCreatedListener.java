package dev.darkroom.embedding;

import dev.darkroom.delivery.AssetLedger;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The door for new assets: `asset-created`, all lanes.
@Configuration(proxyBeanMethods = false)
class AssetCreatedListener {
    /// The task's name in the ledger and the consumer's name on Kafka.
    static final String TASK = "embedding";

    private static final int BATCH_SIZE = 32;

    /// Without an embedder the service refuses to start, rather than take assets off the topic and
    /// do nothing with them.
    @Bean
    Subscription<AssetCreated, ?> embedding(
            EventCodec codec, ObjectProvider<Embedder<?>> embedders, JdbcClient jdbc) {
        Embedder<?> embedder = embedders.getIfAvailable();
        if (embedder == null) {
            throw new IllegalStateException(
                    "embedding-worker has nothing to run: there is no Embedder; leave it stopped, nothing waits for it");
        }
        return subscription(codec, embedder, jdbc);
    }

    private static <R> Subscription<AssetCreated, R> subscription(
            EventCodec codec, Embedder<R> embedder, JdbcClient jdbc) {
        return new Subscription<>(
                TASK,
                SourceTopic.lanes(),
                codec.only(AssetCreated.class),
                embedder,
                Optional.of(
                        new AssetLedger(jdbc, TASK, asset -> asset.assetType() == AssetType.PHOTO)),
                BATCH_SIZE);
    }
}
