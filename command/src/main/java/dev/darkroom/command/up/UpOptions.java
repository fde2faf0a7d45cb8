package dev.darkroom.command.up;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the system starts.
///
/// @param dataFolder everything that lasts
/// @param libraryPort TCP port of the library; 0 takes a free one
/// @param uploadPort TCP port of the upload doors; 0 takes a free one
/// @param kafkaPort TCP port of the broker; 0 takes a free one and remembers it
/// @param postgresUrl a server to use instead of starting one
/// @param onFailedMigration what a failed migration means
/// @param allowedRoots folders whose files may be submitted by path
public record UpOptions(
        Path dataFolder,
        int libraryPort,
        int uploadPort,
        int kafkaPort,
        @Nullable String postgresUrl,
        OnFailedMigration onFailedMigration,
        List<Path> allowedRoots) {
    public UpOptions {
        allowedRoots = List.copyOf(allowedRoots);
    }

    /// What a failed migration means.
    public enum OnFailedMigration {
        /// The start ends.
        FAIL,
        /// The services start on the tables as they are.
        WARN
    }
}
