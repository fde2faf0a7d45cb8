package dev.darkroom.command.up;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the system starts.
///
/// @param dataFolder everything that lasts
/// @param ports where it listens
/// @param postgresUrl a server to use instead of starting one
/// @param onFailedMigration what a failed migration means
/// @param allowedRoots folders whose files may be submitted by path
public record UpOptions(
        Path dataFolder,
        UpPorts ports,
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
