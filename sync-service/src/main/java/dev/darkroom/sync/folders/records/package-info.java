/// What sync-service keeps in PostgreSQL about folders: leases, rows of files, operations, journal.
///
/// Everything that changes rows goes through [FencedWrites], so an instance that has lost a
/// repository cannot write about it any more.
@NullMarked
package dev.darkroom.sync.folders.records;

import org.jspecify.annotations.NullMarked;
