package dev.darkroom.sync.folders.records;

import dev.darkroom.schema.FilePath;
import org.jspecify.annotations.Nullable;

/// What a row becomes: another path, other attributes, or both.
///
/// @param reread whether the content has to be read (again)
/// @param from the path until now, if it is another
public record RowChange(long fileId, Seen seen, boolean reread, @Nullable FilePath from) {
    public boolean isMove() {
        return from != null;
    }
}
