package dev.darkroom.ingest.sidecar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an asset's values become when its sidecar says something else than before.
///
/// A person's edit in Darkroom wins: a description or rating that was there first, or that is
/// another than what the sidecar set last time, is left alone from then on. What the sidecar set,
/// and does not say any more, goes back to what was there before it.
///
/// @param values the value of each field; absent means none
/// @param applied those that the sidecar set
/// @param replaced what was there before it
/// @param kept the fields that are a person's
record SidecarMerge(
        Map<String, String> values,
        Map<String, String> applied,
        Map<String, String> replaced,
        Set<String> kept) {
    static final String DESCRIPTION = "description";
    static final String RATING = "rating";
    static final String TAKEN_AT = "taken_at";
    static final String POSITION = "position";
    static final String ALTITUDE = "altitude";

    /// In the order in which they are told.
    static final List<String> FIELDS = List.of(ALTITUDE, DESCRIPTION, POSITION, RATING, TAKEN_AT);

    /// What people can edit in Darkroom.
    private static final Set<String> EDITABLE = Set.of(DESCRIPTION, RATING);

    static final SidecarMerge NOTHING = new SidecarMerge(Map.of(), Map.of(), Map.of(), Set.of());

    SidecarMerge {
        values = Map.copyOf(values);
        applied = Map.copyOf(applied);
        replaced = Map.copyOf(replaced);
        kept = Set.copyOf(kept);
    }

    /// The merge after `this`.
    ///
    /// @param current the asset's values as they stand
    /// @param said what the sidecar says now
    SidecarMerge next(Map<String, String> current, Map<String, String> said) {
        Map<String, String> nextValues = new LinkedHashMap<>();
        Map<String, String> nextApplied = new LinkedHashMap<>();
        Map<String, String> nextReplaced = new LinkedHashMap<>();
        Set<String> nextKept = new TreeSet<>();
        for (String field : FIELDS) {
            String now = current.get(field);
            String says = said.get(field);
            if (isAPersons(field, now, says)) {
                nextKept.add(field);
                put(nextValues, field, now);
                continue;
            }
            String before = applied.containsKey(field) ? replaced.get(field) : now;
            put(nextValues, field, says == null ? before : says);
            if (says != null) {
                nextApplied.put(field, says);
                put(nextReplaced, field, before);
            }
        }
        return new SidecarMerge(nextValues, nextApplied, nextReplaced, nextKept);
    }

    /// The same, for an asset whose content was replaced: what files say was set anew.
    SidecarMerge forgetting(String... fields) {
        Map<String, String> left = new LinkedHashMap<>(applied);
        left.keySet().removeAll(List.of(fields));
        return new SidecarMerge(values, left, replaced, kept);
    }

    private boolean isAPersons(String field, @Nullable String now, @Nullable String says) {
        if (!EDITABLE.contains(field)) {
            return false;
        }
        if (kept.contains(field)) {
            return true;
        }
        return applied.containsKey(field)
                ? !Objects.equals(now, applied.get(field))
                : now != null && says != null;
    }

    private static void put(Map<String, String> map, String field, @Nullable String value) {
        if (value != null) {
            map.put(field, value);
        }
    }
}
