package dev.darkroom.library.duplicate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of groups, as JSON.
///
/// @param total how many groups there are
/// @param next the cursor of the next page, absent on the last
@JsonInclude(Include.NON_NULL)
record DuplicateList(List<DuplicateGroup> items, int total, @Nullable String next) {}
