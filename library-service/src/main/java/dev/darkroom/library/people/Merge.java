package dev.darkroom.library.people;

import java.util.List;
import java.util.UUID;

/// Who turns out to be the same person, as JSON.
///
/// @param people who are merged into the one that the URL names
record Merge(List<UUID> people) {
    private static final int MOST = 1_000;

    Merge {
        // Jackson gives what the body says, also when it says nothing.
        people = people == null ? List.of() : List.copyOf(people);
        if (people.isEmpty() || people.size() > MOST) {
            throw new IllegalArgumentException(
                    "people must list 1 to %d ids of who is the same person".formatted(MOST));
        }
    }
}
