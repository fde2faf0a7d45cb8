package dev.darkroom.ingest.repository;

import dev.darkroom.ingest.IngestProperties;
import dev.darkroom.ingest.trash.Purge;
import dev.darkroom.ingest.upload.UploadProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What registering a repository needs.
@Configuration(proxyBeanMethods = false)
class RepositoryConfiguration {
    @Bean
    Registration registration(
            JdbcClient jdbc, Purge purge, IngestProperties ingest, UploadProperties upload) {
        List<Path> own = new ArrayList<>(ingest.ownFolders());
        own.add(ingest.libraryFolder());
        own.add(upload.folder());
        return new Registration(
                new RepositoryRows(jdbc), new RepositoryFolders(ingest.allowedRoots(), own), purge);
    }
}
