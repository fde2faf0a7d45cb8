package dev.darkroom.library.catalogue;

import dev.darkroom.schema.AssetType;
import org.jspecify.annotations.Nullable;

/// Which assets a client wants to see: those in the library, or those in the trash.
///
/// @param type every kind when absent
/// @param words part of a file name, or words of the file name, the description or the camera;
///   everything when absent, never blank
/// @param trash what is in the trash instead
public record AssetFilter(@Nullable AssetType type, @Nullable String words, boolean trash) {
    /// The longest search, in characters.
    static final int MAX_WORDS = 200;

    public AssetFilter {
        if (words != null) {
            words = words.strip();
            if (words.length() > MAX_WORDS || words.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "a search has at most " + MAX_WORDS + " characters and no NUL");
            }
            words = words.isEmpty() ? null : words;
        }
    }
}
