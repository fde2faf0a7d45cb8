package dev.darkroom.embedding.depth;

import dev.darkroom.embedding.EmbeddingProperties;
import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.depth.DepthModel;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What the task `depth` needs, where the user has a model for it.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("darkroom.embedding.models.depth.location")
class DepthConfiguration {
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
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        return new DepthDemand(
                making, maps, store, made -> transaction.execute(_ -> maps.put(made)));
    }

    @Bean
    DepthRoomWatch depthRoomWatch(
            DepthMaps maps, DepthStore store, EmbeddingProperties properties) {
        return new DepthRoomWatch(
                new DepthRoom(maps, store, properties.depth().maxBytes().toBytes()));
    }
}
