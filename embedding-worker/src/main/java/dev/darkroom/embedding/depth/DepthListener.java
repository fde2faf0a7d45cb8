package dev.darkroom.embedding.depth;

import dev.darkroom.delivery.Subscription;
import dev.darkroom.embedding.EmbeddingProperties;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.slice.SliceListener;
import dev.darkroom.schema.AssetCreated;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The door of the task `depth`, where the user has a model for it.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("darkroom.embedding.models.depth.location")
class DepthListener {
    private static final String TASK = "depth";

    @Bean
    Subscription<AssetCreated, List<StoredDepth>> mappingDepth(
            SliceListener slices,
            UserModel depth,
            DepthMaking making,
            DepthMaps maps,
            DepthStore store,
            EmbeddingProperties properties) {
        return slices.of(
                TASK,
                depth,
                new MapDepth(making, properties.depth().formats(), maps, store),
                maps::ofOtherModels);
    }
}
