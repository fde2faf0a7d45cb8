package dev.darkroom.command.rebuild;

import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.Op;
import dev.darkroom.streams.RowHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How an [AsOf.Answer] looks.
public final class AsOfText {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    private AsOfText() {}

    /// One object: `asOf`, `log`, and in `tables` the rows, each with the change that made it so.
    public static String json(AsOf.Answer answer) {
        ObjectNode json = JSON.createObjectNode();
        json.put("asOf", answer.time().toString());
        ObjectNode log = json.putObject("log");
        log.put("beginsAt", answer.reach().beginsAt().map(Instant::toString).orElse(null));
        ArrayNode doubts = log.putArray("doubts");
        answer.reach().doubts().forEach(doubts::add);
        ObjectNode tables = json.putObject("tables");
        answer.rows()
                .forEach(
                        (table, rows) -> {
                            ArrayNode list = tables.putArray(table);
                            for (AsOf.Row row : rows) {
                                ObjectNode one = list.addObject();
                                one.set("row", row.row());
                                one.put("op", row.last().op().letter());
                                one.put("lsn", row.last().lsn());
                                one.put("committedAt", row.last().committedAt().toString());
                                one.put("changes", row.changes());
                            }
                        });
        return JSON.writeValueAsString(json);
    }

    /// Each table with its rows: one row as a list of its columns, several as a line each.
    ///
    /// @param screen characters in a line; longer ones are cut
    public static String table(AsOf.Answer answer, int screen) {
        StringBuilder text = new StringBuilder();
        answer.rows()
                .forEach(
                        (table, rows) -> {
                            text.append(text.isEmpty() ? "" : "\n");
                            if (rows.size() == 1) {
                                one(text, table, rows.getFirst(), screen);
                            } else {
                                several(text, table, rows, screen);
                            }
                        });
        return text.toString();
    }

    private static void one(StringBuilder text, String table, AsOf.Row row, int screen) {
        text.append(table).append("  (").append(made(row)).append(")\n");
        int width = row.row().propertyNames().stream().mapToInt(String::length).max().orElse(0);
        for (Map.Entry<String, JsonNode> column : row.row().properties()) {
            if (!column.getValue().isNull()) {
                String line = "  " + pad(column.getKey(), width) + "  " + plain(column.getValue());
                text.append(cut(line, screen)).append('\n');
            }
        }
    }

    private static String made(AsOf.Row row) {
        return "%s, %s%s"
                .formatted(
                        row.last().committedAt(),
                        did(row.last().op()),
                        row.changes() == 1 ? "" : ", change " + row.changes());
    }

    private static void several(StringBuilder text, String table, List<AsOf.Row> rows, int screen) {
        text.append("%s  (%d rows)%n".formatted(table, rows.size()));
        List<List<String>> lines = new ArrayList<>();
        for (AsOf.Row row : rows) {
            String key =
                    row.last().key() == null
                            ? ""
                            : row.last().key().values().stream()
                                    .map(AsOfText::plain)
                                    .collect(Collectors.joining("/"));
            String values =
                    row.row().properties().stream()
                            .filter(column -> !column.getValue().isNull())
                            .filter(column -> !isInKey(row.last(), column.getKey()))
                            .map(column -> column.getKey() + "=" + plain(column.getValue()))
                            .collect(Collectors.joining(" "));
            lines.add(List.of(row.last().committedAt().toString(), key, values));
        }
        int keyWidth = lines.stream().mapToInt(line -> line.get(1).length()).max().orElse(0);
        for (List<String> line : lines) {
            text.append(
                            cut(
                                    "  "
                                            + pad(line.get(0), 27)
                                            + "  "
                                            + pad(line.get(1), keyWidth)
                                            + "  "
                                            + line.get(2),
                                    screen))
                    .append('\n');
        }
    }

    private static boolean isInKey(ChangeRecord change, String column) {
        return change.key() != null && change.key().has(column);
    }

    /// Why there is nothing: it came later, had gone, or is not in the log at all.
    public static String absence(AsOf.Answer answer) {
        for (List<RowHistory> histories : answer.histories().values()) {
            for (RowHistory history : histories) {
                Optional<ChangeRecord> last = history.lastChange(answer.time());
                if (last.isPresent()) {
                    return "it did not exist then: %s at %s"
                            .formatted(did(last.get().op()), last.get().committedAt());
                }
                Optional<ChangeRecord> first = history.firstChange();
                if (first.isPresent()) {
                    return "it did not exist then: %s at %s"
                            .formatted(did(first.get().op()), first.get().committedAt());
                }
            }
        }
        return "the log tells nothing of it";
    }

    private static String did(Op op) {
        return switch (op) {
            case CREATE -> "created";
            case UPDATE -> "updated";
            case DELETE -> "deleted";
            case READ -> "read by a snapshot";
            case TRUNCATE -> "its table was emptied";
        };
    }

    private static String plain(JsonNode value) {
        String text = value.isString() ? value.asString() : JSON.writeValueAsString(value);
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
