package dev.darkroom.streams;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Aligned columns for a screen: time, operation, table, key, and of the row what fits, or the
/// columns that were asked for.
///
/// A column is as wide as its widest value so far, up to a limit; longer values are cut, with `…`.
public final class TableFormat implements ChangeFormat {
    private static final int WIDEST = 48;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private final List<String> columns;
    private final int screen;
    private final boolean colour;
    private final ZoneId zone;
    private final List<String> heads;
    private final int[] widths;
    private boolean begun;

    /// A table that begins with its head.
    ///
    /// @param columns which of the row's; none for `name=value` of each that is not null
    /// @param screen characters in a line; lines are cut there
    /// @param colour whether operations are coloured
    /// @param zone of the times
    public TableFormat(List<String> columns, int screen, boolean colour, ZoneId zone) {
        this.columns = List.copyOf(columns);
        this.screen = screen;
        this.colour = colour;
        this.zone = zone;
        this.heads = new ArrayList<>(List.of("TIME", "OP", "TABLE", "KEY"));
        heads.addAll(columns.isEmpty() ? List.of("ROW") : columns);
        this.widths = heads.stream().mapToInt(String::length).toArray();
    }

    @Override
    public String before(List<ChangeRecord> changes) {
        changes.forEach(change -> measure(cells(change)));
        if (begun || changes.isEmpty()) {
            return "";
        }
        begun = true;
        return line(heads, null) + "\n";
    }

    private void measure(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.min(WIDEST, Math.max(widths[i], cells.get(i).length()));
        }
    }

    @Override
    public String text(ChangeRecord change) {
        List<String> cells = cells(change);
        measure(cells);
        return line(cells, change.op());
    }

    private List<String> cells(ChangeRecord change) {
        List<String> cells = new ArrayList<>();
        cells.add(TIME.format(change.committedAt().atZone(zone)));
        cells.add(change.op().letter());
        cells.add(change.table());
        cells.add(PatternFormat.key(change.key()));
        if (columns.isEmpty()) {
            cells.add(row(change));
        } else {
            columns.forEach(name -> cells.add(PatternFormat.column(change, name)));
        }
        return cells.stream().map(TableFormat::onOneLine).toList();
    }

    /// What of the row is not null, without the key; of an update whose `before` is known, what it
    /// changed.
    private static String row(ChangeRecord change) {
        StringBuilder text = new StringBuilder();
        ObjectNode after = change.after();
        ObjectNode before = change.before();
        if (after == null) {
            return "";
        }
        boolean compares = change.op() == Op.UPDATE && before != null && before.size() > 1;
        for (Map.Entry<String, JsonNode> column : after.properties()) {
            String name = column.getKey();
            JsonNode value = column.getValue();
            JsonNode old = compares && before != null ? before.get(name) : null;
            boolean isKey = change.key() != null && change.key().has(name);
            boolean says = compares ? !value.equals(old) : !value.isNull() && !isKey;
            if (says) {
                text.append(text.isEmpty() ? "" : " ").append(name).append('=');
                if (old != null) {
                    text.append(PatternFormat.plain(old)).append('→');
                }
                text.append(PatternFormat.plain(value));
            }
        }
        return text.toString();
    }

    private String line(List<String> cells, @Nullable Op op) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            boolean last = i == cells.size() - 1;
            // The last column has all the room that is left.
            int room = Math.max(1, screen - line.length());
            String cell = cut(cells.get(i), last ? room : Math.min(widths[i], room));
            line.append(last ? cell : pad(cell, widths[i]));
            if (!last) {
                line.append("  ");
            }
            if (line.length() >= screen) {
                break;
            }
        }
        String text = cut(line.toString().stripTrailing(), screen);
        return !colour ? text : op == null ? "\u001b[1m" + text + "\u001b[0m" : coloured(text, op);
    }

    private static String coloured(String line, Op op) {
        String code =
                switch (op) {
                    case CREATE -> "32";
                    case UPDATE -> "33";
                    case DELETE, TRUNCATE -> "31";
                    case READ -> "2";
                };
        return "\u001b[" + code + "m" + line + "\u001b[0m";
    }

    private static String onOneLine(String text) {
        return text.codePoints().anyMatch(Character::isISOControl)
                ? text.replaceAll("\\p{Cntrl}+", " ")
                : text;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
