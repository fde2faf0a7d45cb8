package dev.darkroom.delivery;

/// This cannot be done here, and nothing is wrong with the message: the ledger says skipped, there
/// is no dead letter, and a reprocess takes the asset up again.
///
/// A consumer without a ledger has nowhere to say so and gives up.
public final class Skip extends GiveUp {
    private static final long serialVersionUID = 1L;

    /// @param reason what is missing, with the line that installs or configures it
    public Skip(String reason, Throwable cause) {
        super(reason, cause);
    }
}
