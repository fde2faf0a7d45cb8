package dev.darkroom.library.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of faces, as JSON.
///
/// @param next the cursor of the next page, absent on the last
@JsonInclude(Include.NON_NULL)
record FaceList(List<Face> items, @Nullable String next) {}
