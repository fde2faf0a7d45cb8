package dev.darkroom.sync.folders.records;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.FileStat;
import org.jspecify.annotations.Nullable;

/// A row of `file_records`: a file as it was last seen.
///
/// @param generation of the operation that last wrote the row
/// @param contentHash null until the content was read
/// @param contentVersion 0 until then; such a file was never told to anybody
public record KnownFile(
        long fileId,
        FilePath path,
        FileStat stat,
        long generation,
        @Nullable String contentHash,
        long contentVersion) {

    /// Whether this is the file with these attributes, renamed perhaps. An inode's number alone
    /// says little: file systems give it to the next file as soon as the last one is gone.
    public boolean isSameFileAs(FileStat found) {
        return stat.sameFileAs(found)
                && stat.size() == found.size()
                && stat.modifiedMicros() == found.modifiedMicros();
    }
}
