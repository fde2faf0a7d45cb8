package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Utils;

/// COPY commands. COPY takes no parameters, so the values stand in the text; the query inside is an
/// [Sql] like any other.
final class CopyText {
    /// Fields in the order in which [NewFiles] writes them.
    static final String INTO_FILE_RECORDS =
            "copy file_records (repository_id, file_path, file_size, mod_time, change_time, device, inode,"
                    + " scan_generation) from stdin (format binary)";

    private CopyText() {}

    /// What a page of rows is cut out by.
    record Values(UUID repositoryId, String after, @Nullable String until, int rows) {}

    /// The command that sends a page.
    static String out(Sql query, Values values) throws SQLException {
        String text =
                query.text()
                        .replace(":repositoryId", "'" + values.repositoryId() + "'")
                        .replace(":rows", Integer.toString(values.rows()));
        // Last, since a path may contain anything.
        StringBuilder command = new StringBuilder("copy (");
        int after = text.indexOf(":after");
        command.append(text, 0, after).append(literal(values.after()));
        String until = values.until();
        int end = after + ":after".length();
        if (until != null) {
            int at = text.indexOf(":until");
            command.append(text, end, at).append(literal(until));
            end = at + ":until".length();
        }
        return command.append(text, end, text.length())
                .append(") to stdout (format binary)")
                .toString();
    }

    private static String literal(String value) throws SQLException {
        StringBuilder literal = new StringBuilder("'");
        Utils.escapeLiteral(literal, value, true);
        return literal.append('\'').toString();
    }
}
