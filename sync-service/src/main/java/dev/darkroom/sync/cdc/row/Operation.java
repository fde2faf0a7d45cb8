package dev.darkroom.sync.cdc.row;

/// What happened to a row, by the letters of Debezium's envelope.
public enum Operation {
    CREATE('c'),
    UPDATE('u'),
    DELETE('d'),
    /// The row as it was read from the table, not from the log.
    READ('r'),
    /// All rows of the table went at once.
    TRUNCATE('t');

    private final char letter;

    Operation(char letter) {
        this.letter = letter;
    }

    /// What stands in `op`.
    public char letter() {
        return letter;
    }
}
