package dev.darkroom.embedding;

import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.inference.InferenceOptions;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.clip.ImageTextModel;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// The models that a user has configured.
@Configuration(proxyBeanMethods = false)
class ModelConfiguration {
    /// Not before the first model needs it.
    @Bean
    @Lazy
    Models models(EmbeddingProperties properties) {
        return Models.open(
                InferenceOptions.in(properties.modelFolder())
                        .withDeadline(properties.modelDeadline()));
    }

    @Bean
    @ConditionalOnProperty("darkroom.embedding.models.clip.location")
    UserModel clip(Models models, EmbeddingProperties properties) {
        EmbeddingProperties.Source source = Objects.requireNonNull(properties.models().clip());
        ImageTextModel model = models.imageText(source.toSource());
        UserModel clip =
                new UserModel(
                        Set.of(Capability.TEXT_SEMANTIC),
                        asking -> new ClipEmbedder(model, asking),
                        () -> model.image(UserModel.harmlessPicture()));
        // Also when it must be fetched: photos that are embedded meanwhile would lack its vector.
        clip.look();
        return clip;
    }
}
