package dev.darkroom.sync.cdc.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row as the texts of its columns, in UTF-8, without a copy of what it was read from.
///
/// A row that the log's decoder hands out is overwritten by the next; one made by [#of] is not.
public final class RowText {
    private static final int NULL = -1;
    private static final int UNCHANGED = -2;

    private byte[] bytes = {};
    private int[] from = {};
    private int[] length = {};
    private int columns;

    /// An empty row, to be filled by [#read].
    public RowText() {}

    /// A row from a query that casts each column to `text`.
    ///
    /// @param values in the order of the table's columns; null for null
    public static RowText of(List<byte @Nullable []> values) {
        RowText row = new RowText();
        row.reserve(values.size());
        row.bytes = new byte[values.stream().mapToInt(v -> v == null ? 0 : v.length).sum()];
        int at = 0;
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            row.from[i] = at;
            row.length[i] = value == null ? NULL : value.length;
            if (value != null) {
                System.arraycopy(value, 0, row.bytes, at, value.length);
                at += value.length;
            }
        }
        return row;
    }

    /// Takes a row in the form that pgoutput gives it (TupleData), and leaves the buffer behind it.
    public void read(ByteBuffer tuple) {
        reserve(tuple.getShort());
        bytes = tuple.array();
        for (int i = 0; i < columns; i++) {
            byte kind = tuple.get();
            switch (kind) {
                case 'n' -> length[i] = NULL;
                case 'u' -> length[i] = UNCHANGED;
                case 't' -> {
                    length[i] = tuple.getInt();
                    from[i] = tuple.arrayOffset() + tuple.position();
                    tuple.position(tuple.position() + length[i]);
                }
                default ->
                        throw new IllegalStateException(
                                "a column's value of the unknown kind " + (char) kind);
            }
        }
    }

    private void reserve(int count) {
        columns = count;
        if (from.length < count) {
            from = new int[count];
            length = new int[count];
        }
    }

    public int columns() {
        return columns;
    }

    public boolean isNull(int column) {
        return length[column] == NULL;
    }

    /// Whether the value is large, was left alone by the update, and so is not in the log.
    public boolean isUnchanged(int column) {
        return length[column] == UNCHANGED;
    }

    /// A copy of the text, or null for null and for what is not in the log.
    public byte @Nullable [] value(int column) {
        return length[column] < 0
                ? null
                : Arrays.copyOfRange(bytes, from[column], from[column] + length[column]);
    }

    /// The text, or null for null and for what is not in the log.
    public @Nullable String string(int column) {
        return length[column] < 0
                ? null
                : new String(bytes, from[column], length[column], StandardCharsets.UTF_8);
    }

    /// The text of a value that every row has.
    ///
    /// @throws IllegalStateException when this one has none
    public String required(int column) {
        String text = string(column);
        if (text == null) {
            throw new IllegalStateException("the value of column " + column + " is not in the log");
        }
        return text;
    }

    /// Takes what is missing here from the row before, where the log holds that as a whole.
    void complete(RowText before) {
        for (int i = 0; i < columns; i++) {
            if (length[i] == UNCHANGED && !before.isUnchanged(i)) {
                replace(i, before);
            }
        }
    }

    /// Both rows are slices of one message, or one of them is copied.
    private void replace(int column, RowText before) {
        if (before.length[column] == NULL) {
            length[column] = NULL;
            return;
        }
        if (before.bytes != bytes) {
            throw new IllegalStateException(
                    "rows of different messages cannot complete each other");
        }
        from[column] = before.from[column];
        length[column] = before.length[column];
    }

    /// A value that was left alone is the same.
    boolean sameValue(RowText other, int column) {
        int mine = length[column];
        int theirs = other.length[column];
        if (mine < 0 || theirs < 0) {
            return mine == theirs || mine == UNCHANGED || theirs == UNCHANGED;
        }
        return Arrays.equals(
                bytes,
                from[column],
                from[column] + mine,
                other.bytes,
                other.from[column],
                other.from[column] + theirs);
    }

    void write(JsonBytes json, int column, ValueForm form) {
        if (length[column] == NULL) {
            json.putNull();
        } else {
            form.write(json, bytes, from[column], from[column] + length[column]);
        }
    }
}
