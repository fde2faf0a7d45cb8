package dev.darkroom.command.search;

import dev.darkroom.command.Terminal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What a search found, for a person.
public final class SearchText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
    private static final String ROW = "%-36s  %-16s  %-5s  %8s  %s";

    private final boolean screen;

    /// @param screen whether colours are seen
    public SearchText(boolean screen) {
        this.screen = screen;
    }

    /// The answers as a table, how they were found, and whether there is more.
    public String text(JsonNode answer) {
        JsonNode items = answer.path("items");
        StringBuilder text = new StringBuilder();
        if (items.isEmpty()) {
            text.append("nothing was found\n");
        } else {
            line(
                    text,
                    Terminal.bold(
                            ROW.formatted("ID", "TAKEN", "TYPE", alike(items), "NAME"), screen));
            for (JsonNode item : items) {
                line(text, row(item));
            }
        }
        answer.path("steps").forEach(step -> explain(text, step));
        if (answer.hasNonNull("next")) {
            line(text, Terminal.dim("there is more: --limit", screen));
        }
        return text.toString();
    }

    /// The heading of what only a comparison of vectors knows.
    private static String alike(JsonNode items) {
        return items.valueStream().anyMatch(item -> item.hasNonNull("distance")) ? "DISTANCE" : "";
    }

    private String row(JsonNode item) {
        String distance =
                item.hasNonNull("distance")
                        ? "%.4f".formatted(item.path("distance").asDouble())
                        : "";
        return ROW.formatted(
                item.path("assetId").asString(""),
                taken(item),
                item.path("assetType").asString("").toLowerCase(Locale.ROOT),
                distance,
                item.path("originalFilename").asString("") + Terminal.dim(what(item), screen));
    }

    /// A file that does not say when it was taken is not said to be taken when it came.
    private static String taken(JsonNode item) {
        return item.hasNonNull("takenAt")
                ? TIME.format(Instant.parse(item.path("takenAt").asString()))
                : "";
    }

    private static String what(JsonNode item) {
        StringBuilder what = new StringBuilder();
        if (item.hasNonNull("width") && item.hasNonNull("height")) {
            what.append("  ")
                    .append(item.path("width").asInt())
                    .append("x")
                    .append(item.path("height").asInt());
        }
        String camera = item.path("camera").path("model").asString("");
        return what.append(camera.isEmpty() ? "" : "  " + camera).toString();
    }

    private void explain(StringBuilder text, JsonNode step) {
        text.append('\n');
        line(
                text,
                Terminal.bold(step.path("what").asString(""), screen)
                        + ": "
                        + step.path("because").asString(""));
        step.path("plan")
                .forEach(plan -> line(text, "  " + Terminal.dim(plan.asString(""), screen)));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
