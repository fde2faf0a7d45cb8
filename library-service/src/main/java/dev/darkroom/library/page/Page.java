package dev.darkroom.library.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some rows in order, and where the next ones begin.
///
/// @param next absent on the last page
public record Page<T>(List<T> items, @Nullable Position next) {
    public Page {
        items = List.copyOf(items);
    }

    /// The page of at most `limit` rows out of `limit + 1` that were asked for, the last of which
    /// only tells that there are more.
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Position> position) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        return new Page<>(rows.subList(0, limit), position.apply(rows.get(limit - 1)));
    }
}
