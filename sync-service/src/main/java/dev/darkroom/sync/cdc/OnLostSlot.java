package dev.darkroom.sync.cdc;

/// What to do when the replication slot is lost, and changes with it.
public enum OnLostSlot {
    /// The stream stops until somebody says `darkroom stream repair`.
    STOP,
    /// A new slot is made at once, and the topics are repaired while the stream runs.
    REPAIR
}
