package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import java.sql.SQLException;

/// Decides what becomes of the stream when changes are gone from PostgreSQL's log before they were
/// published.
public interface LostChanges {
    /// Whether to make a new slot and go on; when it says so, it has taken note for good that the
    /// topics have to be repaired.
    ///
    /// @param reason what happened
    boolean mayGoOn(String reason) throws InterruptedException;

    /// Called when the new slot is there and nothing reads from it yet.
    ///
    /// @param server the one that has the slot
    void slotMade(DatabaseAddress server) throws SQLException, InterruptedException;

    /// Leaves it to a person.
    static LostChanges stop() {
        return new LostChanges() {
            @Override
            public boolean mayGoOn(String reason) {
                return false;
            }

            @Override
            public void slotMade(DatabaseAddress server) {
                throw new IllegalStateException("no slot was to be made");
            }
        };
    }
}
