package dev.darkroom.ingest;

import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.ingest.upload.KafkaSubmissions;
import dev.darkroom.ingest.upload.Submissions;
import dev.darkroom.ingest.upload.UploadPlace;
import dev.darkroom.ingest.upload.UploadProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the HTTP doors need of this service: where uploads wait, and how they are announced.
@Configuration(proxyBeanMethods = false)
class UploadDoors {
    /// Uploads wait in the default repository's store, so that taking them in copies nothing.
    @Bean
    UploadPlace uploadPlace(Repositories repositories) {
        Repository place = repositories.defaultRepository();
        return new UploadPlace(place.store(), place.id());
    }

    @Bean
    Submissions uploadSubmissions(EventPublisher publisher, UploadProperties properties) {
        return new KafkaSubmissions(publisher, properties.acknowledgement());
    }
}
