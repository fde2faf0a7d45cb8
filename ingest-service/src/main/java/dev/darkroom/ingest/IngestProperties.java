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
/// @param ownFolders folders with Darkroom's own files, which no repository may hold or lie in;
///   `libraryFolder` and the upload doors' folder are such anyway
/// @param photoTasks what must be done before a photo is ready
/// @param videoTasks what must be done before a video is ready
/// @param audioTasks what must be done before a sound is ready
/// @param mediaProcesses child processes that read files
/// @param batchSize the most submissions that are written together
/// @param fileBatchSize the most files of watched repositories that are written together
/// @param outboxRetention how long events stay in the outbox after they were written
/// @param trashRetention how long an asset stays in the trash (R34)
@ConfigurationProperties(prefix = "darkroom.ingest", ignoreUnknownFields = false)
public record IngestProperties(
        @DefaultValue("library") Path libraryFolder,
        @DefaultValue({}) List<Path> allowedRoots,
        @DefaultValue({}) List<Path> ownFolders,
        @DefaultValue("thumbnail") List<String> photoTasks,
        @DefaultValue("thumbnail") List<String> videoTasks,
        @DefaultValue("thumbnail") List<String> audioTasks,
        @DefaultValue("1") int mediaProcesses,
        @DefaultValue("16") int batchSize,
        @DefaultValue("64") int fileBatchSize,
        @DefaultValue("7d") Duration outboxRetention,
        @DefaultValue("30d") Duration trashRetention) {
    public IngestProperties {
        allowedRoots = List.copyOf(allowedRoots);
        ownFolders = List.copyOf(ownFolders);
        photoTasks = List.copyOf(photoTasks);
        videoTasks = List.copyOf(videoTasks);
        audioTasks = List.copyOf(audioTasks);
        if (trashRetention.isNegative()) {
            throw new IllegalArgumentException(
                    "darkroom.ingest.trash-retention must not be negative: " + trashRetention);
        }
        if (mediaProcesses < 1) {
            throw new IllegalArgumentException(
                    "darkroom.ingest.media-processes must be positive: " + mediaProcesses);
        }
    }
}
