package dev.darkroom.embedding.face;

import dev.darkroom.delivery.Subscription;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.slice.SliceListener;
import dev.darkroom.schema.AssetCreated;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The door for photos that may have faces in them.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("darkroom.embedding.models.faces.location")
class FacesListener {
    @Bean
    Subscription<AssetCreated, FoundFaces> facesSubscription(
            SliceListener slices,
            @Qualifier("faces") UserModel standing,
            Faces rows,
            FindFaces work) {
        return slices.of(Faces.TASK, standing, work, rows::seenByAnother);
    }
}
