package dev.darkroom.library.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of answers, as JSON.
///
/// @param next the cursor of the next page, absent on the last
/// @param nextUrl the next page, absent on the last
/// @param steps how the answers were found, when asked
@JsonInclude(Include.NON_NULL)
record SearchAnswer(
        List<FoundAsset> items,
        @Nullable String next,
        @Nullable String nextUrl,
        @Nullable List<SearchStep> steps) {}
