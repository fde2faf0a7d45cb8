package dev.darkroom.command.rebuild;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.schema.Table;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A copy of the database to make from the topics.
///
/// @param bootstrapServers the Kafka that has them
/// @param target where the copy goes
/// @param login an administrator of that server, or the owner of the database's tables
/// @param tables which ones
/// @param until with what was committed up to then; all there is when empty
/// @param overwrite whether rows that are there already are removed
public record RebuildRequest(
        String bootstrapServers,
        DatabaseAddress target,
        Login login,
        Set<Table> tables,
        Optional<Instant> until,
        boolean overwrite) {
    public RebuildRequest {
        tables = EnumSet.copyOf(tables);
    }
}
