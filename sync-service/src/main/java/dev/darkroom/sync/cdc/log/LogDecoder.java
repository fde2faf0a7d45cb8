package dev.darkroom.sync.cdc.log;

import dev.darkroom.sync.cdc.row.Catalog;
import dev.darkroom.sync.cdc.row.ChangeSource;
import dev.darkroom.sync.cdc.row.Column;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes pgoutput's messages apart (protocol version 1, values as text).
public final class LogDecoder {
    private static final long SECONDS_TO_2000 = 946_684_800L;
    private static final char FULL_IDENTITY = 'f';
    private static final int PART_OF_IDENTITY = 1;
    private static final int TRANSACTIONAL = 1;

    private final Catalog catalog;
    private final LogReader reader;
    private final Map<Integer, TableShape> shapes = new HashMap<>();
    private final RowText before = new RowText();
    private final RowText after = new RowText();
    private long txId;
    private long committedAt;

    public LogDecoder(Catalog catalog, LogReader reader) {
        this.catalog = catalog;
        this.reader = reader;
    }

    /// Tells the reader what one message says.
    ///
    /// @param lsn where the message stands in the log
    public void decode(ByteBuffer message, long lsn) throws SQLException {
        byte kind = message.get();
        switch (kind) {
            case 'I' -> inserted(message, lsn);
            case 'U' -> updated(message, lsn);
            case 'D' -> deleted(message, lsn);
            case 'B' -> begin(message);
            case 'C' -> commit(message);
            case 'R' -> relation(message);
            case 'T' -> truncated(message, lsn);
            case 'M' -> message(message);
            // Type and Origin: the catalogue knows the types, and there is one origin.
            case 'Y', 'O' -> {}
            default ->
                    throw new IllegalStateException(
                            "a message of the unknown kind " + (char) kind + " in the log");
        }
    }

    private void begin(ByteBuffer message) {
        long commit = message.getLong();
        committedAt = SECONDS_TO_2000 * 1_000 + Math.floorDiv(message.getLong(), 1_000L);
        txId = Integer.toUnsignedLong(message.getInt());
        reader.begin(commit);
    }

    private void commit(ByteBuffer message) {
        message.get();
        message.getLong();
        reader.commit(message.getLong());
        txId = 0;
    }

    private void inserted(ByteBuffer message, long lsn) throws SQLException {
        TableShape shape = shape(message.getInt());
        message.get();
        after.read(message);
        reader.inserted(shape, after, source(lsn));
    }

    private void updated(ByteBuffer message, long lsn) throws SQLException {
        TableShape shape = shape(message.getInt());
        byte kind = message.get();
        if (kind == 'N') {
            after.read(message);
            reader.updated(shape, null, after, source(lsn));
            return;
        }
        before.read(message);
        message.get();
        after.read(message);
        reader.updated(shape, new LogReader.Before(before, kind == 'O'), after, source(lsn));
    }

    private void deleted(ByteBuffer message, long lsn) throws SQLException {
        TableShape shape = shape(message.getInt());
        byte kind = message.get();
        before.read(message);
        reader.deleted(shape, new LogReader.Before(before, kind == 'O'), source(lsn));
    }

    private void truncated(ByteBuffer message, long lsn) throws SQLException {
        int count = message.getInt();
        message.get();
        List<TableShape> truncated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            truncated.add(shape(message.getInt()));
        }
        reader.truncated(truncated, source(lsn));
    }

    private void message(ByteBuffer message) throws SQLException {
        boolean transactional = (message.get() & TRANSACTIONAL) != 0;
        // PostgreSQL tells the end of the message's record, where the next change may stand.
        long lsn = message.getLong() - 1;
        String prefix = text(message);
        byte[] content = new byte[message.getInt()];
        message.get(content);
        reader.message(new LogMessage(prefix, content, lsn, transactional));
    }

    /// Comes before the first change of a table, and again after its columns changed.
    private void relation(ByteBuffer message) throws SQLException {
        int id = message.getInt();
        String schema = text(message);
        String table = text(message);
        boolean full = message.get() == FULL_IDENTITY;
        int count = message.getShort();
        List<Column> columns = new ArrayList<>();
        List<Integer> identity = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if ((message.get() & PART_OF_IDENTITY) != 0 && !full) {
                identity.add(i);
            }
            columns.add(new Column(text(message), message.getInt()));
            message.getInt();
        }
        shapes.put(
                id,
                catalog.shape(schema.isEmpty() ? "pg_catalog" : schema, table, columns, identity));
    }

    private TableShape shape(int id) {
        TableShape shape = shapes.get(id);
        if (shape == null) {
            throw new IllegalStateException("a change of the table " + id + ", which has no shape");
        }
        return shape;
    }

    private ChangeSource source(long lsn) {
        return new ChangeSource(lsn, txId, committedAt);
    }

    /// Text up to a zero byte.
    private static String text(ByteBuffer message) {
        int start = message.position();
        int end = start;
        while (message.get(end) != 0) {
            end++;
        }
        byte[] utf8 = new byte[end - start];
        message.get(utf8);
        message.get();
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
