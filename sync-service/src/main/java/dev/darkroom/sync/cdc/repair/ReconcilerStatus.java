package dev.darkroom.sync.cdc.repair;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the reconciler knows, at one moment.
///
/// @param doing what it does now, for people
/// @param rounds how many times it has been through all tables since this instance leads
/// @param lastRound when the last of them ended
/// @param lastRoundMillis how long that took, the throttle's rests included
/// @param rowsCompared in all rounds
/// @param rowsKnown whose digests are held, deleted ones among them
/// @param memoryBytes about what those take
/// @param recordsBehind how many records of the topics it has not read yet
/// @param differing rows that differ now, as far as it knows
/// @param rowsRepublished since this instance started
/// @param deletesRepublished since this instance started
/// @param problem what kept it from its work last, null when nothing did
public record ReconcilerStatus(
        String doing,
        long rounds,
        @Nullable Instant lastRound,
        long lastRoundMillis,
        long rowsCompared,
        long rowsKnown,
        long memoryBytes,
        long recordsBehind,
        long differing,
        long rowsRepublished,
        long deletesRepublished,
        @Nullable String problem) {
    static ReconcilerStatus idle(String doing) {
        return new ReconcilerStatus(doing, 0, null, 0, 0, 0, 0, 0, 0, 0, 0, null);
    }
}
