package dev.darkroom.command.stream;

import dev.darkroom.command.Terminal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The change streams' status for a person.
public final class StreamTable {
    private final JsonNode status;
    private final StringBuilder text = new StringBuilder();
    private final boolean screen = Terminal.outIsScreen();

    /// @param status as sync-service answers it
    public StreamTable(JsonNode status) {
        this.status = status;
    }

    /// Whether nobody has to look after anything.
    public static boolean isWell(JsonNode status) {
        return !status.path("role").asString().equals("stopped")
                && status.path("alarm").asString("NONE").equals("NONE")
                && status.at("/reconciler/differing").asLong() == 0;
    }

    /// What is being done now, or null when nothing is.
    public static @Nullable String step(JsonNode status) {
        JsonNode reconciler = status.path("reconciler");
        String doing = reconciler.path("doing").asString("");
        if (doing.isEmpty()) {
            return null;
        }
        long behind = reconciler.path("recordsBehind").asLong();
        return behind > 0 ? doing + ", " + Terminal.count(behind) + " records to read" : doing;
    }

    /// Some lines, the last one ended.
    public String text() {
        String role = status.path("role").asString();
        row(
                "stream",
                (role.equals("stopped") ? Terminal.red(role, screen) : role)
                        + "  "
                        + Terminal.dim(status.path("detail").asString(), screen));
        row("published", Terminal.count(status.path("recordsPublished").asLong()) + " records");
        slot(status.path("slot"));
        reconciler(status.path("reconciler"));
        return text.toString();
    }

    private void slot(JsonNode slot) {
        if (!slot.isObject()) {
            row("slot", Terminal.red("PostgreSQL does not answer", screen));
            return;
        }
        String alarm = status.path("alarm").asString("NONE");
        row(
                "slot",
                "%s, %s%s%s"
                        .formatted(
                                slot.path("walStatus").asString(),
                                slot.path("active").asBoolean() ? "read" : "nobody reads",
                                slot.path("failover").asBoolean() ? ", copied to standbys" : "",
                                alarm.equals("NONE")
                                        ? ""
                                        : "  " + Terminal.red("ALARM " + alarm, screen)));
        row("lag", Terminal.size(slot.path("lagBytes").asLong()));
        JsonNode limit = slot.path("limitBytes");
        row(
                "log kept",
                Terminal.size(slot.path("retainedBytes").asLong())
                        + (limit.isNumber()
                                ? " of " + Terminal.size(limit.asLong())
                                : ", without a limit"));
    }

    private void reconciler(JsonNode reconciler) {
        long differing = reconciler.path("differing").asLong();
        row("tables", agreement(differing, reconciler.path("rounds").asLong()));
        row("reconciler", String.valueOf(step(status)));
        row(
                "rounds",
                "%s, the last in %s"
                        .formatted(
                                Terminal.count(reconciler.path("rounds").asLong()),
                                Terminal.time(
                                        Duration.ofMillis(
                                                reconciler.path("lastRoundMillis").asLong()))));
        row(
                "rows",
                "%s compared, %s known in %s, %s published again"
                        .formatted(
                                Terminal.count(reconciler.path("rowsCompared").asLong()),
                                Terminal.count(reconciler.path("rowsKnown").asLong()),
                                Terminal.size(reconciler.path("memoryBytes").asLong()),
                                Terminal.count(
                                        reconciler.path("rowsRepublished").asLong()
                                                + reconciler.path("deletesRepublished").asLong())));
        String problem = reconciler.path("problem").asString("");
        if (!problem.isEmpty()) {
            row("problem", Terminal.yellow(problem, screen));
        }
    }

    private String agreement(long differing, long rounds) {
        if (differing > 0) {
            return Terminal.red(Terminal.count(differing) + " rows differ", screen);
        }
        return rounds == 0 ? "not compared yet" : "no row differs from its topic";
    }

    private void row(String name, String value) {
        text.append("  ")
                .append(Terminal.dim("%-11s".formatted(name), screen))
                .append(value)
                .append('\n');
    }
}
