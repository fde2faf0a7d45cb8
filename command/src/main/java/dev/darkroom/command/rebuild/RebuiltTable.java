package dev.darkroom.command.rebuild;

import dev.darkroom.schema.Table;
import java.time.Duration;

/// What became of one table.
///
/// @param rows in the copy
/// @param changes read from the topic
/// @param duplicates of those, (key, LSN) that had come before
/// @param later changes that were committed after the time of the copy, and left out
/// @param took reading and writing
/// @param checksum of the rows, the same for the same rows in any order
public record RebuiltTable(
        Table table,
        long rows,
        long changes,
        long duplicates,
        long later,
        Duration took,
        String checksum) {}
