package dev.darkroom.library.duplicate;

import dev.darkroom.library.duplicate.DuplicatePairs.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Puts together what looks the same, also by way of a third: a group holds all that one can get to
/// from pair to pair.
public class DuplicateGroups {
    private final DuplicatePairs pairs;

    DuplicateGroups(DuplicatePairs pairs) {
        this.pairs = pairs;
    }

    /// All groups, those with the newest asset first. Ids of assets grow with time (UUIDv7).
    List<Group> all() {
        return groupsOf(pairs.all());
    }

    static List<Group> groupsOf(List<Pair> pairs) {
        Map<UUID, UUID> parents = new HashMap<>();
        for (Pair pair : pairs) {
            UUID one = root(parents, pair.one());
            UUID other = root(parents, pair.other());
            if (!one.equals(other)) {
                parents.put(other, one);
            }
        }
        Map<UUID, List<UUID>> members = new HashMap<>();
        parents.keySet().stream()
                .sorted(Comparator.comparing(UUID::toString))
                .forEach(
                        id ->
                                members.computeIfAbsent(root(parents, id), _ -> new ArrayList<>())
                                        .add(id));
        Map<UUID, Integer> distances = new HashMap<>();
        for (Pair pair : pairs) {
            distances.merge(root(parents, pair.one()), pair.distance(), Math::max);
        }
        return members.entrySet().stream()
                .map(
                        group ->
                                new Group(
                                        group.getValue(),
                                        distances.getOrDefault(group.getKey(), 0)))
                .sorted(Comparator.comparing((Group group) -> group.newest().toString()).reversed())
                .toList();
    }

    /// Shortens the way on its way.
    private static UUID root(Map<UUID, UUID> parents, UUID id) {
        UUID at = id;
        UUID parent = parents.computeIfAbsent(at, one -> one);
        while (!parent.equals(at)) {
            UUID above = parents.getOrDefault(parent, parent);
            parents.put(at, above);
            at = parent;
            parent = above;
        }
        return at;
    }

    /// Assets that look the same.
    ///
    /// @param assets the oldest first
    /// @param distance in how many of 256 bits the hashes of a pair differ, at the most
    record Group(List<UUID> assets, int distance) {
        Group {
            assets = List.copyOf(assets);
        }

        UUID newest() {
            return assets.getLast();
        }
    }
}
