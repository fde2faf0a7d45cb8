package dev.darkroom.library.sorting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whose a face is, from what is near it. Pure: the same neighbours give the same answer, whatever
/// order they come in. A face that belongs to somebody stays there; people are never merged here,
/// because only a person may do that.
final class WhoIsWho {
    private WhoIsWho() {}

    /// When faces are one person's.
    ///
    /// @param maxDistance cosine distance up to which faces may be one person's
    /// @param minFaces how many must be near each other before they become a person
    record Rules(double maxDistance, int minFaces) {
        Rules {
            if (!(maxDistance > 0 && maxDistance <= 2)) {
                throw new IllegalArgumentException(
                        "maxDistance must be above 0, at most 2: " + maxDistance);
            }
            if (minFaces < 1) {
                throw new IllegalArgumentException("minFaces must be at least 1: " + minFaces);
            }
        }
    }

    /// Another face near one.
    ///
    /// @param person whose it is, if anybody's
    record Neighbour(UUID face, double distance, @Nullable UUID person) {}

    /// What becomes of a face.
    sealed interface Decision {
        /// It is somebody's who is known.
        record Joins(UUID person) implements Decision {}

        /// It and these others are somebody new.
        ///
        /// @param faces all of them
        record Founds(List<UUID> faces) implements Decision {}

        /// Too few are like it, so far.
        record Waits() implements Decision {}
    }

    /// Decides for one face.
    ///
    /// @param near other faces; those beyond the distance are ignored
    static Decision decide(UUID face, List<Neighbour> near, Rules rules) {
        List<Neighbour> close = close(face, near, rules);
        for (Neighbour neighbour : close) {
            if (neighbour.person() != null) {
                return new Decision.Joins(neighbour.person());
            }
        }
        if (close.size() + 1 < rules.minFaces()) {
            return new Decision.Waits();
        }
        List<UUID> faces = new ArrayList<>(close.stream().map(Neighbour::face).toList());
        faces.add(face);
        faces.sort(null);
        return new Decision.Founds(List.copyOf(faces));
    }

    /// The other faces that may be the same person's, the nearest first.
    static List<Neighbour> close(UUID face, List<Neighbour> near, Rules rules) {
        return near.stream()
                .filter(n -> n.distance() <= rules.maxDistance() && !n.face().equals(face))
                .sorted(
                        Comparator.comparingDouble(Neighbour::distance)
                                .thenComparing(Neighbour::face))
                .toList();
    }
}
