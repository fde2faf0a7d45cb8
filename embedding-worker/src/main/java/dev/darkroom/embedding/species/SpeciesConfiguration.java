package dev.darkroom.embedding.species;

import dev.darkroom.delivery.Subscription;
import dev.darkroom.embedding.EmbeddingProperties;
import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.embedding.slice.Slices;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.species.SpeciesModel;
import dev.darkroom.inference.species.SpeciesPrediction;
import dev.darkroom.schema.AssetCreated;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The door of the task `species`, where the user has a model for it.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("darkroom.embedding.models.species.location")
class SpeciesConfiguration {
    private static final String TASK = "species";

    @Bean
    SpeciesModel speciesModel(Models models, EmbeddingProperties properties) {
        return models.species(Objects.requireNonNull(properties.models().species()).toSource());
    }

    @Bean
    UserModel species(SpeciesModel model, EmbeddingProperties properties) {
        UserModel species =
                UserModel.of(
                        Capability.SPECIES,
                        "what animal or plant is in a picture, out of the model's labels",
                        model::info,
                        () -> model.predict(List.of(UserModel.harmlessPicture()), 1));
        // A folder is read at once, so that no photo comes before it is known whether that works.
        if (!Objects.requireNonNull(properties.models().species()).isRemote()) {
            species.look();
        }
        return species;
    }

    @Bean
    Subscription<AssetCreated, List<SpeciesPrediction>> namingSpecies(
            Slices slices,
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
