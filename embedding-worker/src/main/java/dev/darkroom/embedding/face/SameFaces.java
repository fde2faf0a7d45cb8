package dev.darkroom.embedding.face;

import dev.darkroom.embedding.face.FoundFaces.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which of the faces that were known of a picture are the ones that were found in it now: those in
/// the same place, unless their vectors say that it is somebody else; then those with nearly the
/// same vector, which have moved. Pure.
final class SameFaces {
    /// Two boxes around one face, by two models, or of two sizes of one picture, share more.
    private static final double SAME_PLACE = 0.4;

    /// Beyond this it is another person (cosine distance).
    private static final double OTHER_PERSON = 0.6;

    /// Up to this it is the same photograph of the same face.
    private static final double SAME_SHOT = 0.2;

    private SameFaces() {}

    /// A face that was there before.
    ///
    /// @param space of its vector
    @SuppressWarnings("ArrayRecordComponent") // read only; never compared
    record Known(UUID id, Box box, Optional<UUID> space, Optional<float[]> vector) {}

    /// A face that was known and one that was found, by their places in the lists.
    record Pair(int known, int found) {}

    private record Candidate(Pair pair, double rank) {}

    /// Each face in at most one pair.
    ///
    /// @param space of the vectors that were found
    static List<Pair> among(List<Known> known, List<Found> found, Optional<UUID> space) {
        List<Candidate> inPlace = new ArrayList<>();
        List<Candidate> moved = new ArrayList<>();
        for (int k = 0; k < known.size(); k++) {
            for (int f = 0; f < found.size(); f++) {
                Pair pair = new Pair(k, f);
                double overlap = known.get(k).box().overlap(found.get(f).box());
                Optional<Double> distance = distance(known.get(k), found.get(f), space);
                if (overlap >= SAME_PLACE && distance.orElse(0.0) <= OTHER_PERSON) {
                    inPlace.add(new Candidate(pair, -overlap));
                } else if (distance.orElse(2.0) <= SAME_SHOT) {
                    moved.add(new Candidate(pair, distance.orElseThrow()));
                }
            }
        }
        List<Pair> pairs = new ArrayList<>();
        Set<Integer> usedKnown = new HashSet<>();
        Set<Integer> usedFound = new HashSet<>();
        for (List<Candidate> candidates : List.of(inPlace, moved)) {
            candidates.sort(Comparator.comparingDouble(Candidate::rank));
            for (Candidate candidate : candidates) {
                Pair pair = candidate.pair();
                if (!usedKnown.contains(pair.known()) && !usedFound.contains(pair.found())) {
                    usedKnown.add(pair.known());
                    usedFound.add(pair.found());
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    /// Only vectors of one space can be compared.
    private static Optional<Double> distance(Known known, Found found, Optional<UUID> space) {
        if (space.isEmpty() || !known.space().equals(space)) {
            return Optional.empty();
        }
        return known.vector().flatMap(one -> found.vector().map(other -> distance(one, other)));
    }

    private static double distance(float[] one, float[] other) {
        double product = 0;
        double oneSquare = 0;
        double otherSquare = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            oneSquare += (double) one[i] * one[i];
            otherSquare += (double) other[i] * other[i];
        }
        return 1 - product / Math.sqrt(oneSquare * otherSquare);
    }
}
