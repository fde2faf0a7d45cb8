package dev.darkroom.library.people;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which faces of a person are not theirs, as JSON.
///
/// @param faces some of the person's
/// @param name of the new person they are; may come later
/// @param nobody whether they become nobody's instead of a new person's
record Split(List<UUID> faces, @Nullable String name, @Nullable Boolean nobody) {
    private static final int MOST = 1_000;

    Split {
        // Jackson gives what the body says, also when it says nothing.
        faces = faces == null ? List.of() : List.copyOf(faces);
        if (faces.isEmpty() || faces.size() > MOST) {
            throw new IllegalArgumentException(
                    "faces must list 1 to %d ids of the person's faces".formatted(MOST));
        }
        name = PersonChange.checkedName(name);
        if (Boolean.TRUE.equals(nobody) && name != null) {
            throw new IllegalArgumentException("nobody has no name: leave out name or nobody");
        }
    }

    boolean toNobody() {
        return Boolean.TRUE.equals(nobody);
    }
}
