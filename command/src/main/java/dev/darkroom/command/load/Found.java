package dev.darkroom.command.load;

import java.nio.file.Path;

/// One thing that a walk through a folder came upon.
sealed interface Found {
    Path path();

    /// A file to submit.
    ///
    /// @param size bytes
    record Media(Path path, long size) implements Found {}

    /// A file that is plainly no media.
    record NoMedia(Path path) implements Found {}

    /// A file or folder that cannot be read.
    ///
    /// @param reason for a person
    record Unreadable(Path path, String reason) implements Found {}
}
