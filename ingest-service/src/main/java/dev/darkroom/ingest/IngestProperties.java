package dev.darkroom.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What ingest-service is allowed to read and where it keeps originals.
///
/// @param libraryFolder the folder of the default repository
/// @param allowedRoots the folders that a submission's `file:` path may lie in, by real path; none
///   by default
/// @param photoTasks what must be done before a photo is ready
/// @param mediaProcesses child processes that read files
/// @param batchSize the most submissions that are written together
/// @param outboxRetention how long events stay in the outbox after they were written
@ConfigurationProperties(prefix = "darkroom.ingest", ignoreUnknownFields = false)
public record IngestProperties(
        @DefaultValue("library") Path libraryFolder,
        @DefaultValue({}) List<Path> allowedRoots,
        @DefaultValue("thumbnail") List<String> photoTasks,
        @DefaultValue("1") int mediaProcesses,
        @DefaultValue("16") int batchSize,
        @DefaultValue("7d") Duration outboxRetention) {
    public IngestProperties {
        allowedRoots = List.copyOf(allowedRoots);
        photoTasks = List.copyOf(photoTasks);
        if (mediaProcesses < 1) {
            throw new IllegalArgumentException(
                    "darkroom.ingest.media-processes must be positive: " + mediaProcesses);
        }
    }
}
