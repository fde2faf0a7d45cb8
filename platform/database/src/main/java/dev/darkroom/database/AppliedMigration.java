package dev.darkroom.database;

import java.time.Instant;
import java.util.Date;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/// One migration and whether it has run here.
///
/// @param appliedAt absent while it is pending
public record AppliedMigration(
        Track track, String version, String description, @Nullable Instant appliedAt) {
    static AppliedMigration of(Track track, MigrationInfo info) {
        Date installedOn = info.getInstalledOn();
        return new AppliedMigration(
                track,
                info.getVersion().getVersion(),
                info.getDescription(),
                installedOn == null ? null : installedOn.toInstant());
    }
}
