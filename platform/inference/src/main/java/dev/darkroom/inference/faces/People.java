package dev.darkroom.inference.faces;

import dev.darkroom.inference.runtime.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who is who, from the vectors of faces. Pure: the same faces give the same people, whatever order
/// they come in within a call. A face that belongs to somebody stays there; people are never merged
/// here, because only a person may do that.
public final class People {
    private People() {}

    /// When faces are one person's.
    ///
    /// @param maxDistance cosine distance up to which faces may be one person's
    /// @param minFaces how many must be near each other before they become a person
    public record Rules(double maxDistance, int minFaces) {
        public Rules {
            if (!(maxDistance > 0 && maxDistance <= 2)) {
                throw new IllegalArgumentException(
                        "maxDistance must be above 0, at most 2: " + maxDistance);
            }
            if (minFaces < 1) {
                throw new IllegalArgumentException("minFaces must be at least 1: " + minFaces);
            }
        }

        public static Rules defaults() {
            return new Rules(0.5, 3);
        }
    }

    /// Another face near one.
    ///
    /// @param person whose it is, or empty
    public record Neighbour(String face, double distance, Optional<String> person) {}

    /// What becomes of a face.
    public sealed interface Decision {
        /// It is somebody's who is known.
        record Joins(String person) implements Decision {}

        /// It and these others are somebody new.
        record Founds(List<String> faces) implements Decision {}

        /// Too few are like it, so far.
        record Waits() implements Decision {}
    }

    /// Decides for one face, from its neighbours (found by an index, in use).
    ///
    /// @param near other faces; those beyond the distance are ignored
    public static Decision decide(String face, List<Neighbour> near, Rules rules) {
        List<Neighbour> close =
                near.stream()
                        .filter(n -> n.distance() <= rules.maxDistance() && !n.face().equals(face))
                        .sorted(
                                Comparator.comparingDouble(Neighbour::distance)
                                        .thenComparing(Neighbour::face))
                        .toList();
        for (Neighbour neighbour : close) {
            if (neighbour.person().isPresent()) {
                return new Decision.Joins(neighbour.person().get());
            }
        }
        if (close.size() + 1 < rules.minFaces()) {
            return new Decision.Waits();
        }
        List<String> faces = new ArrayList<>(close.stream().map(Neighbour::face).toList());
        faces.add(face);
        faces.sort(null);
        return new Decision.Founds(List.copyOf(faces));
    }

    /// Sorts many faces at once; for tests, small libraries and starting over.
    ///
    /// @param vectors of length 1, by face
    /// @param already whose some of the faces are
    /// @return person by face, for all that belong to somebody; who is new is called after the
    ///   first of their faces
    public static SortedMap<String, String> cluster(
            Map<String, float[]> vectors, Map<String, String> already, Rules rules) {
        SortedMap<String, float[]> faces = new TreeMap<>(vectors);
        SortedMap<String, String> people = new TreeMap<>(already);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (String face : faces.keySet()) {
                if (!people.containsKey(face)) {
                    changed |= settle(face, decide(face, near(face, faces, people), rules), people);
                }
            }
        }
        return people;
    }

    private static boolean settle(String face, Decision decision, Map<String, String> people) {
        return switch (decision) {
            case Decision.Joins(String person) -> {
                people.put(face, person);
                yield true;
            }
            case Decision.Founds(List<String> faces) -> {
                faces.forEach(other -> people.put(other, faces.getFirst()));
                yield true;
            }
            case Decision.Waits() -> false;
        };
    }

    private static List<Neighbour> near(
            String face, SortedMap<String, float[]> faces, Map<String, String> people) {
        float[] vector = Objects.requireNonNull(faces.get(face));
        return faces.entrySet().stream()
                .filter(other -> !other.getKey().equals(face))
                .map(
                        other ->
                                new Neighbour(
                                        other.getKey(),
                                        1 - Vectors.dot(vector, other.getValue()),
                                        Optional.ofNullable(people.get(other.getKey()))))
                .toList();
    }
}
