package dev.darkroom.sync.cdc.row;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Writes the records of `cdc.<table>`: Debezium's envelope as JSON without its schema. Not for
/// several threads at once.
///
/// Three things differ from Debezium: where PostgreSQL logs no more, `before` of a delete holds the
/// key alone; a large value that an update left alone is absent and its name stands in `unchanged`;
/// there are no tombstones.
public final class ChangeRecords {
    private static final byte[] BEFORE = ascii("{\"before\":");
    private static final byte[] AFTER = ascii(",\"after\":");
    private static final byte[] UNCHANGED = ascii(",\"unchanged\":[");
    private static final byte[] SOURCE = ascii(",\"source\":{\"lsn\":");
    private static final byte[] TX_ID = ascii(",\"txId\":");
    private static final byte[] OP = ascii("},\"op\":\"");
    private static final byte[] TIME = ascii("\",\"ts_ms\":");

    private static final Integer WITHOUT_KEY = 0;

    private final JsonBytes json = new JsonBytes();

    /// The record of a row that is there.
    ///
    /// @param before the row as it was, where the log holds it whole (REPLICA IDENTITY FULL)
    public ProducerRecord<byte[], byte[]> written(
            TableShape shape,
            Operation operation,
            @Nullable RowText before,
            RowText after,
            ChangeSource source) {
        json.clear();
        json.put(BEFORE);
        if (before == null) {
            json.putNull();
        } else {
            putRow(shape, before);
        }
        json.put(AFTER);
        putRow(shape, after);
        putUnchanged(shape, after);
        putSource(shape, operation, source);
        return record(shape, operation, after, source);
    }

    /// The records of a row that was written again: two when its key changed, since that is the end
    /// of one row and the beginning of another.
    ///
    /// @param before what the log holds of the row as it was; null when its key is the same and no
    ///   more is logged
    /// @param whole false when only the key's columns of `before` are filled
    public List<ProducerRecord<byte[], byte[]>> updated(
            TableShape shape,
            @Nullable RowText before,
            boolean whole,
            RowText after,
            ChangeSource source) {
        RowText complete = whole ? before : null;
        if (complete != null) {
            after.complete(complete);
        }
        return before == null || shape.sameKey(before, after)
                ? List.of(written(shape, Operation.UPDATE, complete, after, source))
                : List.of(
                        deleted(shape, before, whole, source),
                        written(shape, Operation.CREATE, null, after, source));
    }

    /// The record of a row that is gone.
    ///
    /// @param before the row as it was, or a row of which only the key's columns are filled
    /// @param whole which of both
    public ProducerRecord<byte[], byte[]> deleted(
            TableShape shape, RowText before, boolean whole, ChangeSource source) {
        json.clear();
        json.put(BEFORE);
        if (whole) {
            putRow(shape, before);
        } else {
            putKey(shape, before);
        }
        json.put(AFTER);
        json.putNull();
        putSource(shape, Operation.DELETE, source);
        return record(shape, Operation.DELETE, before, source);
    }

    /// The record of a table that lost all its rows at once; it has no key. When it comes again it
    /// comes on the same partition, where readers know it.
    public ProducerRecord<byte[], byte[]> truncated(TableShape shape, ChangeSource source) {
        json.clear();
        json.put(BEFORE);
        json.putNull();
        json.put(AFTER);
        json.putNull();
        putSource(shape, Operation.TRUNCATE, source);
        return record(shape, Operation.TRUNCATE, null, source);
    }

    /// Takes the buffer as the value, then writes the key of `row` into it.
    private ProducerRecord<byte[], byte[]> record(
            TableShape shape, Operation operation, @Nullable RowText row, ChangeSource source) {
        byte[] value = json.toArray();
        byte[] key = null;
        if (row != null && shape.keySize() > 0) {
            json.clear();
            putKey(shape, row);
            key = json.toArray();
        }
        Integer partition = key == null ? WITHOUT_KEY : null;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(shape.topic(), partition, key, value);
        Headers headers = record.headers();
        headers.add("lsn", ascii(Long.toString(source.lsn())));
        headers.add("tx", ascii(Long.toString(source.txId())));
        headers.add("op", new byte[] {(byte) operation.letter()});
        headers.add("table", shape.tableHeader());
        return record;
    }

    private void putRow(TableShape shape, RowText row) {
        char separator = '{';
        for (int i = 0; i < row.columns(); i++) {
            if (!row.isUnchanged(i)) {
                json.put(separator);
                json.put(shape.name(i));
                row.write(json, i, shape.form(i));
                separator = ',';
            }
        }
        if (separator == '{') {
            json.put('{');
        }
        json.put('}');
    }

    private void putKey(TableShape shape, RowText row) {
        json.put('{');
        for (int i = 0; i < shape.keySize(); i++) {
            if (i > 0) {
                json.put(',');
            }
            int column = shape.keyAt(i);
            json.put(shape.name(column));
            row.write(json, column, shape.form(column));
        }
        json.put('}');
    }

    private void putUnchanged(TableShape shape, RowText row) {
        boolean any = false;
        for (int i = 0; i < row.columns(); i++) {
            if (row.isUnchanged(i)) {
                if (any) {
                    json.put(',');
                } else {
                    json.put(UNCHANGED);
                    any = true;
                }
                byte[] name = shape.name(i);
                json.put(name, 0, name.length - 1);
            }
        }
        if (any) {
            json.put(']');
        }
    }

    private void putSource(TableShape shape, Operation operation, ChangeSource source) {
        json.put(SOURCE);
        json.putNumber(source.lsn());
        json.put(TX_ID);
        json.putNumber(source.txId());
        json.put(shape.sourceTail());
        json.putNumber(source.committedAt());
        json.put(OP);
        json.put(operation.letter());
        json.put(TIME);
        json.putNumber(System.currentTimeMillis());
        json.put('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
