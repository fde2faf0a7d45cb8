package dev.darkroom.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A line as a pattern says: `%T %o %k %{rating}`.
///
/// `%t` table, `%k` key, `%o` operation, `%v` row (after, or before a delete), `%b` before, `%a`
/// after, `%l` LSN, `%x` transaction, `%T` time of the commit, `%p` partition, `%O` offset,
/// `%{column}` one column's value, `%%` a percent sign; `\t` and `\n` are a tab and a line feed.
public final class PatternFormat implements ChangeFormat {
    private final List<Function<ChangeRecord, String>> parts;

    private PatternFormat(List<Function<ChangeRecord, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    public static PatternFormat of(String pattern) {
        List<Function<ChangeRecord, String>> parts = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : 0;
            if (c == '%' && next == '{') {
                int end = pattern.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException(
                            "%%{ without } at character %d of the format: %s"
                                    .formatted(at + 1, pattern));
                }
                String column = pattern.substring(at + 2, end);
                parts.add(change -> column(change, column));
                at = end + 1;
            } else if (c == '%') {
                parts.add(letter(next, at, pattern));
                at += 2;
            } else if (c == '\\' && (next == 't' || next == 'n' || next == '\\')) {
                String text = next == 't' ? "\t" : next == 'n' ? "\n" : "\\";
                parts.add(_ -> text);
                at += 2;
            } else {
                String text = String.valueOf(c);
                parts.add(_ -> text);
                at++;
            }
        }
        return new PatternFormat(parts);
    }

    private static Function<ChangeRecord, String> letter(char letter, int at, String pattern) {
        return switch (letter) {
            case 't' -> ChangeRecord::table;
            case 'k' -> change -> key(change.key());
            case 'o' -> change -> change.op().letter();
            case 'v' -> change -> json(change.row());
            case 'b' -> change -> json(change.before());
            case 'a' -> change -> json(change.after());
            case 'l' -> change -> Long.toString(change.lsn());
            case 'x' -> change -> Long.toString(change.txId());
            case 'T' -> change -> change.committedAt().toString();
            case 'p' -> change -> Integer.toString(change.partition());
            case 'O' -> change -> Long.toString(change.offset());
            case '%' -> _ -> "%";
            default ->
                    throw new IllegalArgumentException(
                            "no %%%s at character %d of the format; there are %%t %%k %%o %%v %%b"
                                            .formatted(letter == 0 ? "" : letter, at + 1)
                                    + " %a %l %x %T %p %O %{column} %%: "
                                    + pattern);
        };
    }

    /// A key's values, with a slash between them.
    static String key(@Nullable JsonNode key) {
        return key == null
                ? ""
                : key.isObject()
                        ? key.values().stream()
                                .map(PatternFormat::plain)
                                .collect(Collectors.joining("/"))
                        : plain(key);
    }

    /// A value without quotes; nothing for null.
    static String plain(@Nullable JsonNode value) {
        return value == null || value.isNull()
                ? ""
                : value.isString() ? value.asString() : json(value);
    }

    static String column(ChangeRecord change, String name) {
        JsonNode row = change.row();
        return plain(row == null ? null : row.get(name));
    }

    private static String json(@Nullable JsonNode node) {
        return node == null ? "" : StreamJson.MAPPER.writeValueAsString(node);
    }

    @Override
    public String text(ChangeRecord change) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.apply(change)));
        return text.toString();
    }
}
