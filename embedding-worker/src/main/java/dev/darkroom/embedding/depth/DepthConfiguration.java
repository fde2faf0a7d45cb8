package dev.darkroom.embedding.depth;

import dev.darkroom.delivery.Subscription;
import dev.darkroom.embedding.EmbeddingProperties;
import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.embedding.slice.Slices;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.depth.DepthModel;
import dev.darkroom.schema.AssetCreated;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The door of the task `depth`, where the user has a model for it.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("darkroom.embedding.models.depth.location")
class DepthConfiguration {
    private static final String TASK = "depth";

    @Bean
    DepthModel depthModel(Models models, EmbeddingProperties properties) {
        return models.depth(
                Objects.requireNonNull(properties.models().depth()).toSource(),
                properties.depth().options());
    }

    @Bean
    UserModel depth(DepthModel model, EmbeddingProperties properties) {
        UserModel depth =
                UserModel.of(
                        Capability.DEPTH,
                        "how near everything in a picture is",
                        model::info,
                        () -> model.map(UserModel.harmlessPicture()));
        // A folder is read at once, so that no photo comes before it is known whether that works.
        if (!Objects.requireNonNull(properties.models().depth()).isRemote()) {
            depth.look();
        }
        return depth;
    }

    @Bean
    DepthStore depthStore(JdbcClient jdbc) {
        return new DepthStore(jdbc);
    }

    @Bean
    DepthMaps depthMaps(JdbcClient jdbc) {
        return new DepthMaps(jdbc);
    }

    @Bean
    DepthMaking depthMaking(
            Pictures pictures,
            UserModel depth,
            DepthModel model,
            EmbeddingProperties properties,
            DepthStore store) {
        return new DepthMaking(pictures, depth, model, properties.depth().longest(), store);
    }

    @Bean
    DepthDemand depthDemand(
            DepthMaking making,
            DepthMaps maps,
            DepthStore store,
            PlatformTransactionManager transactions) {
        return new DepthDemand(making, maps, store, new TransactionTemplate(transactions));
    }

    @Bean
    DepthRoomWatch depthRoomWatch(
            DepthMaps maps, DepthStore store, EmbeddingProperties properties) {
        return new DepthRoomWatch(
                new DepthRoom(maps, store, properties.depth().maxBytes().toBytes()));
    }

    @Bean
    Subscription<AssetCreated, List<StoredDepth>> mappingDepth(
            Slices slices,
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
