package dev.darkroom.embedding;

import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.InferenceOptions;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.Models;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The models that a user has configured.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("darkroom.embedding.models.clip.location")
class ModelConfiguration {
    @Bean
    Models models(EmbeddingProperties properties) {
        return Models.open(InferenceOptions.in(properties.modelFolder()));
    }

    @Bean
    Embedder clip(Models models, EmbeddingProperties properties) {
        EmbeddingProperties.Source clip = Objects.requireNonNull(properties.models().clip());
        return new ClipEmbedder(
                models.imageText(
                        new ModelSource(
                                clip.location(), Optional.ofNullable(clip.sha256()), Dtype.AUTO)));
    }
}
