package dev.darkroom.sync.cdc.repair;

import org.jspecify.annotations.Nullable;

/// Where the replication slot stands, as PostgreSQL tells it.
///
/// @param name of the slot
/// @param walStatus `reserved`, `extended`, `unreserved` or `lost`; `missing` when there is no slot
/// @param active whether somebody reads from it
/// @param failover whether standbys keep a copy of it
/// @param lagBytes of log that were written and not confirmed yet
/// @param retainedBytes of log that the slot keeps on the server's disk
/// @param limitBytes after which PostgreSQL throws the log away (`max_slot_wal_keep_size`); null
///   when there is no limit but the disk
public record SlotStatus(
        String name,
        String walStatus,
        boolean active,
        boolean failover,
        long lagBytes,
        long retainedBytes,
        @Nullable Long limitBytes) {
    /// What a person should know about it.
    public enum Alarm {
        NONE(0),
        /// More than half of the log that may be kept is kept.
        HALF_FULL(1),
        /// The log it needs may go at any moment: it is more than the limit.
        OVER_LIMIT(2),
        /// Changes are gone.
        LOST(3);

        private final int level;

        Alarm(int level) {
            this.level = level;
        }

        /// The number that the metric shows.
        int level() {
            return level;
        }
    }

    /// How bad it is.
    public Alarm alarm() {
        if (walStatus.equals("lost") || walStatus.equals("missing")) {
            return Alarm.LOST;
        }
        if (walStatus.equals("unreserved")) {
            return Alarm.OVER_LIMIT;
        }
        return limitBytes != null && 2 * retainedBytes >= limitBytes ? Alarm.HALF_FULL : Alarm.NONE;
    }

    /// There is no such slot.
    static SlotStatus missing(String name) {
        return new SlotStatus(name, "missing", false, false, 0, 0, null);
    }
}
