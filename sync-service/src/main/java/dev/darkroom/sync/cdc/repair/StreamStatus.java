package dev.darkroom.sync.cdc.repair;

import org.jspecify.annotations.Nullable;

/// How the change streams are, for people.
///
/// @param role of this instance: `leading`, `standby` or `stopped`
/// @param detail since when it leads, or why it does not
/// @param recordsPublished since this instance started
/// @param slot null when PostgreSQL did not answer
public record StreamStatus(
        String role,
        String detail,
        long recordsPublished,
        @Nullable SlotStatus slot,
        SlotStatus.@Nullable Alarm alarm,
        ReconcilerStatus reconciler) {}
