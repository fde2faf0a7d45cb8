package dev.darkroom.library.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Several lists of answers as one, by reciprocal rank: what stands high in a list, or in more than
/// one, comes first. It needs no scores that can be compared (Cormack, Clarke, Büttcher 2009).
final class Fusion {
    /// How much the first places count more than the next; the paper's value.
    private static final int FLATNESS = 60;

    private Fusion() {}

    /// One list, the best first; equal ones by id.
    ///
    /// @param lists each with the best first
    static List<Hit> byReciprocalRank(List<List<Hit>> lists) {
        Map<UUID, Sum> sums = new LinkedHashMap<>();
        for (List<Hit> list : lists) {
            for (int i = 0; i < list.size(); i++) {
                Hit hit = list.get(i);
                sums.computeIfAbsent(hit.assetId(), _ -> new Sum())
                        .add(1.0 / (FLATNESS + 1 + i), hit.distance());
            }
        }
        List<Hit> fused = new ArrayList<>();
        sums.forEach((id, sum) -> fused.add(new Hit(id, key(sum.score), sum.distance)));
        fused.sort(Comparator.comparingLong(Hit::key).thenComparing(Hit::assetId));
        return fused;
    }

    /// Grows as the score falls.
    private static long key(double score) {
        return -Double.doubleToLongBits(score);
    }

    private static final class Sum {
        private double score;
        private @Nullable Double distance;

        void add(double part, @Nullable Double other) {
            score += part;
            if (other != null && (distance == null || other < distance)) {
                distance = other;
            }
        }
    }
}
