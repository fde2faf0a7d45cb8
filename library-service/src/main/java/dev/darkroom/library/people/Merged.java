package dev.darkroom.library.people;

import java.util.List;
import java.util.UUID;

/// What came of a merge, as JSON.
///
/// @param person who has all the faces now
/// @param merged who is gone by this
/// @param absent who was not there: nobody, or merged before
record Merged(Person person, List<UUID> merged, List<UUID> absent) {}
