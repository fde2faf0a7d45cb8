package dev.darkroom.streams;

/// A filter expression that cannot be used. The message shows where, what was expected and an
/// example.
public final class BadExpression extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String reason;

    BadExpression(String expression, int line, int column, String reason) {
        super(message(expression, line, column, reason));
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    /// The line of the mistake, from 1.
    public int line() {
        return line;
    }

    /// The column of the mistake in that line, from 1.
    public int column() {
        return column;
    }

    /// What is wrong there, and what would be right.
    public String reason() {
        return reason;
    }

    private static String message(String expression, int line, int column, String reason) {
        String text = expression.lines().skip(line - 1L).findFirst().orElse("");
        return "the filter is wrong at line %d, column %d: %s\n  %s\n  %s^\n  %s"
                .formatted(
                        line,
                        column,
                        reason,
                        text,
                        " ".repeat(Math.max(0, column - 1)),
                        WhereExpression.EXAMPLE);
    }
}
