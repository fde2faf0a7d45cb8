package dev.darkroom.command.watch;

/// Where in a partition reading starts.
public sealed interface TailFrom {
    /// The oldest record that is there.
    record Beginning() implements TailFrom {}

    /// The next record that comes.
    record End() implements TailFrom {}

    /// This offset, or the nearest that is there.
    record Offset(long offset) implements TailFrom {}

    /// Reads `beginning`, `end` or a number.
    static TailFrom of(String text) {
        return switch (text) {
            case "beginning" -> new Beginning();
            case "end" -> new End();
            default -> {
                if (!text.matches("\\d{1,18}")) {
                    throw new IllegalArgumentException(
                            "--from takes beginning, end or an offset: " + text);
                }
                yield new Offset(Long.parseLong(text));
            }
        };
    }

    /// The offset to start at.
    ///
    /// @param begin the oldest there is
    /// @param end the next that will be written
    default long offset(long begin, long end) {
        return switch (this) {
            case Beginning _ -> begin;
            case End _ -> end;
            case Offset(long offset) -> Math.clamp(offset, begin, end);
        };
    }
}
