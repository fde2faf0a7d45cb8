package dev.darkroom.embedding.species;

import dev.darkroom.embedding.EmbeddingProperties;
import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.species.SpeciesModel;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the task `species` needs, where the user has a model for it.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("darkroom.embedding.models.species.location")
class SpeciesConfiguration {
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
}
