package dev.darkroom.library.people;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whose a face is, as JSON: somebody's who is there, or somebody new.
///
/// @param name of a new person
record Whose(@Nullable UUID personId, @Nullable String name) {
    Whose {
        name = PersonChange.checkedName(name);
        if ((personId == null) == (name == null)) {
            throw new IllegalArgumentException(
                    "give either the personId of somebody, or the name of somebody new");
        }
    }
}
