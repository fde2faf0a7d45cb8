package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of the library, as JSON.
///
/// @param next the cursor of the next page, absent on the last
/// @param nextUrl the next page, absent on the last
@JsonInclude(Include.NON_NULL)
record AssetList(List<AssetItem> items, @Nullable String next, @Nullable String nextUrl) {}
