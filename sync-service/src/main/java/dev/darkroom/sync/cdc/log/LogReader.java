package dev.darkroom.sync.cdc.log;

import dev.darkroom.sync.cdc.row.ChangeSource;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hears what the log tells, in its order: whole transactions, one after the other, each between
/// [#begin] and [#commit]. Rows are valid during the call only.
public interface LogReader {
    /// A transaction follows.
    ///
    /// @param commit where in the log it was committed
    void begin(long commit);

    /// A row was written for the first time.
    void inserted(TableShape shape, RowText after, ChangeSource source) throws SQLException;

    /// A row was written again.
    ///
    /// @param before what the log holds of the row as it was; null when its key is the same and no
    ///   more is logged
    void updated(TableShape shape, @Nullable Before before, RowText after, ChangeSource source)
            throws SQLException;

    void deleted(TableShape shape, Before before, ChangeSource source) throws SQLException;

    void truncated(List<TableShape> shapes, ChangeSource source) throws SQLException;

    /// Somebody called `pg_logical_emit_message`.
    void message(LogMessage message) throws SQLException;

    /// The transaction's changes are all told.
    ///
    /// @param end the position behind it: once this is confirmed, it does not come again
    void commit(long end);

    /// A row as it was.
    ///
    /// @param whole false when only the columns of the key are filled
    record Before(RowText row, boolean whole) {}
}
