package dev.darkroom.command.repository;

import dev.darkroom.command.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/// Repositories for a person.
public final class RepositoryTable {
    private static final String ROW = "%-15s%-22s%10s  %-10s%s";

    private final boolean screen = Terminal.outIsScreen();

    /// The table, several lines.
    public String text(List<JsonNode> repositories) {
        StringBuilder text = new StringBuilder();
        line(text, Terminal.bold(ROW.formatted("ID", "NAME", "ASSETS", "WATCHED", "PATH"), screen));
        for (JsonNode repository : repositories) {
            line(
                    text,
                    ROW.formatted(
                            shortId(repository),
                            cut(repository.path("name").asString("")),
                            Terminal.count(repository.path("assets").asLong()),
                            watched(repository),
                            repository.path("path").asString("")));
            String settings = settings(repository);
            if (!settings.isEmpty()) {
                line(text, Terminal.dim(" ".repeat(15) + settings, screen));
            }
        }
        return text.toString();
    }

    /// Enough of the id to call it by.
    private static String shortId(JsonNode repository) {
        // The first half of a UUIDv7 is the time to the millisecond.
        return repository.path("repositoryId").asString("").substring(0, 13);
    }

    private static String watched(JsonNode repository) {
        if (repository.path("isDefault").asBoolean()) {
            return "default";
        }
        return repository.path("watched").asBoolean() ? "yes" : "no";
    }

    private static String settings(JsonNode repository) {
        StringJoiner settings = new StringJoiner(", ");
        if (repository.path("isDefault").asBoolean()) {
            return "";
        }
        String strategy = repository.path("storageStrategy").asString("");
        settings.add(
                repository.path("importMode").asString("").equals("copy")
                        ? "copied, folders by " + strategy
                        : "in place");
        if (repository.path("writable").asBoolean()) {
            settings.add("writable");
        }
        settings.add(
                "rescan every "
                        + Terminal.time(
                                Duration.ofSeconds(
                                        repository.path("rescanIntervalSeconds").asLong())));
        settings.add("fuse " + repository.path("deleteFusePercent").asInt() + " %");
        if (!repository.path("ignorePatterns").isEmpty()) {
            StringJoiner patterns = new StringJoiner(" ");
            repository.path("ignorePatterns").forEach(one -> patterns.add(one.asString()));
            settings.add("ignores " + patterns);
        }
        if (repository.hasNonNull("ownerId")) {
            settings.add("owner " + repository.path("ownerId").asString());
        }
        return settings.toString();
    }

    private static String cut(String name) {
        return name.length() <= 21 ? name : name.substring(0, 20) + "…";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
