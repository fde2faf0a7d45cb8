package dev.darkroom.sync.cdc.repair;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Rows of one table that seem to differ from its topic: most of them only because they are
/// changing at the moment.
final class Suspects {
    /// Rows that the topic never heard of, by the digest of their key.
    private static final int MOST_UNKNOWN = 50_000;

    /// For each of these the whole topic is read.
    private static final int MOST_KNOWN = 5_000;

    private final Map<Long, RowKey> unknown = new LinkedHashMap<>();
    private final Map<Long, RowKey> known = new LinkedHashMap<>();
    private final Set<Long> surplus = new HashSet<>();
    private boolean more;

    /// A row of the table that the topic never heard of.
    void addUnknown(RowKey key) {
        if (unknown.size() < MOST_UNKNOWN) {
            unknown.put(key.digest(), key);
        } else {
            more = true;
        }
    }

    /// A row of the table of which the topic says something else.
    void addKnown(RowKey key) {
        if (known.size() < MOST_KNOWN) {
            known.put(key.digest(), key);
        } else {
            more = true;
        }
    }

    /// A row that the topic has, and the table has not.
    void addSurplus(long key) {
        if (surplus.size() < MOST_KNOWN) {
            surplus.add(key);
        } else {
            more = true;
        }
    }

    Map<Long, RowKey> unknown() {
        return unknown;
    }

    Map<Long, RowKey> known() {
        return known;
    }

    Set<Long> surplus() {
        return surplus;
    }

    /// Whether there are more than these.
    boolean hasMore() {
        return more;
    }

    boolean isEmpty() {
        return unknown.isEmpty() && known.isEmpty() && surplus.isEmpty();
    }
}
