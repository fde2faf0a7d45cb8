package dev.darkroom.ingest.upload;

import dev.darkroom.ingest.upload.tus.TusUploads;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.multipart.MultipartResolver;

/// Puts the upload doors together. The service provides a [Submissions] and an [UploadPlace].
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(UploadProperties.class)
class UploadConfiguration {
    @Bean
    UploadWorkspace uploadWorkspace(UploadProperties properties) throws IOException {
        return UploadWorkspace.open(properties.folder());
    }

    @Bean
    Handover handover(UploadPlace place, Submissions submissions) {
        return new Handover(place, submissions);
    }

    @Bean
    FormUploads formUploads(
            Handover handover, UploadWorkspace workspace, UploadProperties properties) {
        return new FormUploads(
                handover, workspace, properties.maxSize().toBytes(), Clock.systemUTC());
    }

    @Bean
    TusUploads tusUploads(
            Handover handover, UploadWorkspace workspace, UploadProperties properties) {
        return new TusUploads(
                handover,
                workspace,
                properties.maxSize().toBytes(),
                properties.lifetime(),
                Clock.systemUTC());
    }

    /// A resolver would write each file into the container's own temporary folder first.
    @Bean
    MultipartReader multipartReader(ObjectProvider<MultipartResolver> resolvers) {
        if (resolvers.stream().findAny().isPresent()) {
            throw new IllegalStateException(
                    "uploads are read as they arrive: set spring.servlet.multipart.enabled=false");
        }
        return new MultipartReader();
    }
}
