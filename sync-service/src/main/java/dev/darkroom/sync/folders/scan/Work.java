package dev.darkroom.sync.folders.scan;

import dev.darkroom.sync.folders.records.FileRecords;

/// The parts that work together on one operation.
record Work(Outcome outcome, FileRecords records, Departures departures, Relocations relocations)
        implements AutoCloseable {
    @Override
    public void close() {
        relocations.close();
    }
}
