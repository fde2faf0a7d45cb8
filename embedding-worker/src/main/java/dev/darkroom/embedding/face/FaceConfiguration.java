package dev.darkroom.embedding.face;

import dev.darkroom.embedding.EmbeddingProperties;
import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.embedding.space.Spaces;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.faces.FaceModel;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How faces are found. Pictures of those that were found once are cut out also without a model.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FaceProperties.class)
class FaceConfiguration {
    @Bean
    FacePictures facePictures(JdbcClient jdbc, Pictures pictures) {
        return new FacePictures(new FacePlaces(jdbc), pictures);
    }

    /// What the user's model of faces needs.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("darkroom.embedding.models.faces.location")
    static class Configured {
        @Bean
        FaceModel faceModel(Models models, EmbeddingProperties properties) {
            return models.faces(Objects.requireNonNull(properties.models().faces()).toSource());
        }

        @Bean
        UserModel faces(FaceModel model) {
            return UserModel.of(
                    Capability.FACES,
                    "where faces are, and which are one person's",
                    model::info,
                    () -> model.faces(UserModel.harmlessPicture(), 0.5));
        }

        @Bean
        Faces faceRows(JdbcClient jdbc) {
            return new Faces(jdbc);
        }

        @Bean
        FindFaces findFaces(
                Pictures pictures,
                @Qualifier("faces") UserModel standing,
                FaceModel model,
                Spaces spaces,
                Faces faces,
                FaceProperties properties) {
            return new FindFaces(
                    pictures, standing, model, new FaceSpaces(spaces), faces, properties);
        }
    }
}
