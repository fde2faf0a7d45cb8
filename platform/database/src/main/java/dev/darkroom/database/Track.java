package dev.darkroom.database;

import java.util.Locale;

/// One of the two series of migrations (R24). Each has its own history table and runs without the
/// other.
public enum Track {
    /// Outbox and heartbeat: what delivery needs.
    INFRA,
    /// The tables of the library.
    APP;

    String location() {
        return "db/" + wireName();
    }

    String historyTable() {
        return "migrations_" + wireName();
    }

    /// The name on the command line.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
