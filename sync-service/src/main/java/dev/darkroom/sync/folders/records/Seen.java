package dev.darkroom.sync.folders.records;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.FileStat;

/// A file as it was found.
public record Seen(FilePath path, FileStat stat) {}
