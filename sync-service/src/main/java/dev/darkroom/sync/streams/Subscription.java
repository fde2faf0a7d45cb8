package dev.darkroom.sync.streams;

import dev.darkroom.streams.ChangeFilter;
import dev.darkroom.streams.ChangeFormat;
import dev.darkroom.streams.Op;
import dev.darkroom.streams.Position;
import dev.darkroom.streams.StartAt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a client asked for.
///
/// @param tables whose changes
/// @param filter which of them
/// @param format how they look
/// @param start where to begin
/// @param resume where it left off, which goes before `start`
record Subscription(
        List<String> tables,
        ChangeFilter filter,
        ChangeFormat format,
        StartAt start,
        Optional<Position> resume) {
    Subscription {
        tables = tables.stream().map(String::strip).distinct().toList();
        if (tables.isEmpty() || tables.stream().anyMatch(t -> !t.matches("[a-z0-9_]{1,63}"))) {
            throw new IllegalArgumentException(
                    "expected tables with commas between them, such as assets,thumbnails: "
                            + tables);
        }
        if (resume.isPresent()) {
            var asked = tables.stream().map(t -> "cdc." + t).collect(Collectors.toSet());
            if (!resume.get().next().keySet().equals(asked)) {
                throw new IllegalArgumentException(
                        "Last-Event-ID is a place in the streams of "
                                + resume.get().next().keySet()
                                + ", and these are "
                                + new TreeSet<>(asked));
            }
        }
    }

    /// Reads what stands in the request.
    ///
    /// @throws IllegalArgumentException naming the value that cannot be read
    /// @throws dev.darkroom.streams.BadExpression when the condition is none
    static Subscription of(
            List<String> tables,
            List<String> ops,
            @Nullable String where,
            String from,
            String format,
            @Nullable String lastEventId) {
        return new Subscription(
                tables,
                ChangeFilter.of(Op.of(ops), where),
                switch (format) {
                    case "flat" -> ChangeFormat.flat();
                    case "envelope" -> ChangeFormat.envelope();
                    default ->
                            throw new IllegalArgumentException(
                                    "format is flat or envelope: " + format);
                },
                StartAt.of(from, Instant.now()),
                lastEventId == null || lastEventId.isBlank()
                        ? Optional.empty()
                        : Optional.of(Position.of(lastEventId)));
    }
}
