package dev.darkroom.embedding;

import dev.darkroom.delivery.AssetLedger;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.embedding.space.Space;
import dev.darkroom.embedding.space.Vectors;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The door for new assets: `asset-created`, all lanes.
@Configuration(proxyBeanMethods = false)
class AssetCreatedListener {
    /// The task's name in the ledger and the consumer's name on Kafka.
    static final String TASK = "embedding";

    @Bean
    Subscription<AssetCreated, Embedded> embedding(
            EventCodec codec,
            EmbedPictures work,
            OpenSpaces spaces,
            Vectors vectors,
            JdbcClient jdbc,
            EmbeddingProperties properties) {
        Predicate<AssetCreated> photos = asset -> asset.assetType() == AssetType.PHOTO;
        return new Subscription<>(
                TASK,
                SourceTopic.lanes(),
                codec.only(AssetCreated.class),
                work,
                Optional.of(
                        // Never done for good: a new space has no vector of what was completed.
                        new AssetLedger(
                                jdbc,
                                TASK,
                                photos,
                                assets -> vectors.missing(assets, ids(spaces)))),
                properties.batchSize());
    }

    private static List<UUID> ids(OpenSpaces spaces) {
        return spaces.embedders().keySet().stream().map(Space::id).toList();
    }
}
