package dev.darkroom.library.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of answers.
///
/// @param next where the next page begins, absent on the last
record Found(List<Hit> hits, @Nullable SearchCursor next) {
    Found {
        hits = List.copyOf(hits);
    }
}
