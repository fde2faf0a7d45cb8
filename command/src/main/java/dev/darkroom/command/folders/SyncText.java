package dev.darkroom.command.folders;

import dev.darkroom.command.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What sync-service answers, for a person.
public final class SyncText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final int PATHS = 20;

    private final boolean screen;

    /// @param screen whether colours are seen
    public SyncText(boolean screen) {
        this.screen = screen;
    }

    /// Operations as a table, the newest first.
    public String operations(JsonNode operations) {
        if (operations.isEmpty()) {
            return "no operations\n";
        }
        StringBuilder text =
                new StringBuilder(
                        Terminal.bold(
                                line(
                                        "id", "type", "status", "scanned", "added", "updated",
                                        "moved", "removed", "held", "began", "took"),
                                screen));
        for (JsonNode operation : operations) {
            text.append(operationLine(operation));
            String error = operation.path("error").asString("");
            if (!error.isEmpty()) {
                text.append("          ").append(Terminal.dim(error, screen)).append('\n');
            }
        }
        return text.toString();
    }

    /// One operation with everything that is known.
    public String operation(JsonNode operation) {
        StringBuilder text = new StringBuilder(operations(list(operation)));
        if (operation.hasNonNull("undoes")) {
            text.append("took back operation ")
                    .append(operation.path("undoes").asLong())
                    .append('\n');
        }
        return text.toString();
    }

    /// Where a repository stands.
    public String state(JsonNode state) {
        JsonNode repository = state.path("repository");
        StringBuilder text = new StringBuilder();
        text.append(Terminal.bold(repository.path("name").asString(""), screen))
                .append("  ")
                .append(repository.path("path").asString(""))
                .append('\n');
        row(text, "id", repository.path("repositoryId").asString(""));
        row(text, "files", Terminal.count(repository.path("files").asLong()));
        row(text, "to be read", Terminal.count(repository.path("pending").asLong()));
        row(
                text,
                "kept by",
                repository.hasNonNull("holder")
                        ? repository.path("holder").asString("")
                        : repository.path("watched").asBoolean()
                                ? Terminal.yellow("nobody", screen)
                                : "nobody, it is not watched");
        String watch = state.path("watch").asString("");
        if (!watch.isEmpty()) {
            row(text, "watch", Terminal.yellow(watch, screen));
        }
        if (repository.hasNonNull("paused")) {
            row(text, "paused", Terminal.yellow(repository.path("paused").asString(""), screen));
        }
        for (JsonNode failure : repository.path("unreadable")) {
            row(
                    text,
                    "unreadable",
                    Terminal.red(failure.path("path").asString(""), screen)
                            + ": "
                            + failure.path("reason").asString(""));
        }
        return text.append('\n').append(operations(repository.path("operations"))).toString();
    }

    /// What a scan would do.
    public String plan(JsonNode plan) {
        StringBuilder text = new StringBuilder();
        JsonNode counts = plan.path("counts");
        paths(text, Terminal.green("+", screen), plan.path("added"));
        paths(text, Terminal.yellow("~", screen), plan.path("changed"));
        List<String> moves = new ArrayList<>();
        plan.path("moved")
                .forEach(
                        move ->
                                moves.add(
                                        move.path("from").asString("")
                                                + " -> "
                                                + move.path("to").asString("")));
        lines(text, Terminal.yellow(">", screen), moves);
        paths(text, Terminal.red("-", screen), plan.path("removed"));
        StringJoiner sum = new StringJoiner(", ");
        for (String kind : List.of("scanned", "added", "updated", "moved", "removed", "held")) {
            sum.add(Terminal.count(counts.path(kind).asLong()) + " " + kind);
        }
        text.append(sum).append("; nothing was changed\n");
        if (plan.path("held").asBoolean()) {
            text.append(Terminal.yellow("the removals would be held: ", screen));
        }
        String message = plan.path("message").asString("");
        return message.isEmpty() ? text.toString() : text.append(message).append('\n').toString();
    }

    private String operationLine(JsonNode operation) {
        JsonNode counts = operation.path("counts");
        String status = operation.path("status").asString("");
        String line =
                line(
                        operation.path("id").asString(""),
                        operation.path("type").asString(""),
                        status,
                        Terminal.count(counts.path("scanned").asLong()),
                        Terminal.count(counts.path("added").asLong()),
                        Terminal.count(counts.path("updated").asLong()),
                        Terminal.count(counts.path("moved").asLong()),
                        Terminal.count(counts.path("removed").asLong()),
                        Terminal.count(counts.path("held").asLong()),
                        TIME.format(Instant.parse(operation.path("startedAt").asString(""))),
                        operation.hasNonNull("durationMillis")
                                ? Terminal.time(
                                        Duration.ofMillis(
                                                operation.path("durationMillis").asLong()))
                                : "");
        return switch (status) {
            case "held" -> Terminal.yellow(line, screen);
            case "failed" -> Terminal.red(line, screen);
            default -> line;
        };
    }

    private static String line(Object... cells) {
        return String.format(
                Locale.ROOT, "%8s  %-14s  %-9s %10s %8s %8s %8s %8s %8s  %-19s  %s%n", cells);
    }

    private static JsonNode list(JsonNode one) {
        return JsonNodeFactory.instance.arrayNode().add(one);
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-11s %s%n", name, value));
    }

    private static void paths(StringBuilder text, String sign, JsonNode paths) {
        List<String> lines = new ArrayList<>();
        paths.forEach(path -> lines.add(path.asString("")));
        lines(text, sign, lines);
    }

    private static void lines(StringBuilder text, String sign, List<String> lines) {
        lines.stream()
                .limit(PATHS)
                .forEach(line -> text.append(sign).append(' ').append(line).append('\n'));
        if (lines.size() > PATHS) {
            text.append(sign)
                    .append(" and ")
                    .append(lines.size() - PATHS)
                    .append(" more (--format json lists a thousand)\n");
        }
    }
}
