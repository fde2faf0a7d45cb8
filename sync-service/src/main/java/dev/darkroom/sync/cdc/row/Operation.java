package dev.darkroom.sync.cdc.row;

import java.nio.charset.StandardCharsets;

/// What happened to a row, by the letters of Debezium's envelope.
public enum Operation {
    CREATE("c"),
    UPDATE("u"),
    DELETE("d"),
    /// The row as it was read from the table, not from the log.
    READ("r"),
    /// All rows of the table went at once.
    TRUNCATE("t");

    private final String letter;
    private final byte[] bytes;

    Operation(String letter) {
        this.letter = letter;
        this.bytes = letter.getBytes(StandardCharsets.US_ASCII);
    }

    /// What stands in `op`.
    public String letter() {
        return letter;
    }

    byte[] bytes() {
        return bytes;
    }
}
