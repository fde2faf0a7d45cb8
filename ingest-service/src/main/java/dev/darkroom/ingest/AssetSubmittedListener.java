package dev.darkroom.ingest;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.Topic;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The door for submissions: `asset-submitted`.
@Configuration(proxyBeanMethods = false)
class AssetSubmittedListener {
    @Bean
    Subscription<AssetSubmitted, Ingested> submissions(
            EventCodec codec, IngestFiles work, IngestProperties properties) {
        return new Subscription<>(
                "ingest",
                SourceTopic.only(Topic.ASSET_SUBMITTED),
                codec.only(AssetSubmitted.class),
                work,
                Optional.empty(),
                properties.batchSize());
    }
}
