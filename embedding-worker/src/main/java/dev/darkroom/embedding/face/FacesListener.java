package dev.darkroom.embedding.face;

import dev.darkroom.delivery.Subscription;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.slice.SliceListener;
import dev.darkroom.inference.faces.FaceModel;
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
            FaceModel model,
            Faces rows,
            FindFaces work) {
        Subscription<AssetCreated, FoundFaces> slice = slices.of(Faces.TASK, standing, work);
        return new Subscription<>(
                slice.consumer(),
                slice.topics(),
                slice.decoder(),
                slice.work(),
                slice.ledger().map(ledger -> new FaceLedger(ledger, rows, standing, model)),
                slice.batchSize());
    }
}
