package dev.darkroom.embedding.species;

import dev.darkroom.delivery.Subscription;
import dev.darkroom.embedding.EmbeddingProperties;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.embedding.slice.SliceListener;
import dev.darkroom.inference.species.SpeciesModel;
import dev.darkroom.inference.species.SpeciesPrediction;
import dev.darkroom.schema.AssetCreated;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The door of the task `species`, where the user has a model for it.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("darkroom.embedding.models.species.location")
class SpeciesListener {
    private static final String TASK = "species";

    @Bean
    Subscription<AssetCreated, List<SpeciesPrediction>> namingSpecies(
            SliceListener slices,
            Pictures pictures,
            UserModel species,
            SpeciesModel model,
            EmbeddingProperties properties,
            JdbcClient jdbc) {
        SpeciesPredictions predictions = new SpeciesPredictions(jdbc);
        return slices.of(
                TASK,
                species,
                new NameSpecies(pictures, species, model, properties.species().top(), predictions),
                predictions::ofOtherModels);
    }
}
