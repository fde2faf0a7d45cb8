package dev.darkroom.command.watch;

import dev.darkroom.command.RunningSystem;
import dev.darkroom.command.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A [SystemStatus] for a person.
public final class StatusTable {
    private final SystemStatus status;
    private final Path dataFolder;
    private final boolean screen;
    private final StringBuilder text = new StringBuilder();

    public StatusTable(SystemStatus status, Path dataFolder) {
        this.status = status;
        this.dataFolder = dataFolder;
        this.screen = Terminal.outIsScreen();
    }

    /// The table, several lines.
    public String text() {
        text.setLength(0);
        head(status.system());
        library(status.library());
        work();
        disk();
        return text.toString();
    }

    private void head(RunningSystem system) {
        Duration up = Duration.between(system.processStartedAt(), Instant.now());
        line(
                Terminal.bold(Terminal.green("Darkroom is running", screen), screen)
                        + Terminal.dim(
                                " for " + Terminal.time(up) + ", process " + system.pid(), screen));
        line(
                Terminal.dim(
                        "library "
                                + system.library()
                                + "   uploads "
                                + system.uploads()
                                + "   sync "
                                + system.sync(),
                        screen));
        line(Terminal.dim("kafka " + system.kafka() + "   postgres " + system.jdbcUrl(), screen));
    }

    private void library(JsonNode library) {
        title("LIBRARY", "assets", "ready", "size");
        if (library.has("error")) {
            line("  " + Terminal.red(library.path("error").asString(), screen));
            return;
        }
        for (JsonNode type : library.path("assets")) {
            row(
                    type.path("type").asString(),
                    "",
                    Terminal.count(type.path("total").asLong()),
                    Terminal.count(type.path("ready").asLong()),
                    Terminal.size(type.path("bytes").asLong()));
        }
        if (library.path("assets").isEmpty()) {
            line(Terminal.dim("  empty: ./darkroom import FOLDER", screen));
        }
        for (JsonNode size : library.path("thumbnails")) {
            row(
                    "thumbnails",
                    size.path("size").asString(),
                    Terminal.count(size.path("total").asLong()),
                    "",
                    Terminal.size(size.path("bytes").asLong()));
        }
    }

    /// One line per consumer and topic; retries and dead letters stand with the consumer.
    private void work() {
        title("WORK", "waiting", "to retry", "dead letters");
        Map<String, Long> deadLetters = new TreeMap<>(status.deadLetters());
        TreeSet<String> consumers = new TreeSet<>();
        status.queues().forEach(queue -> consumers.add(queue.consumer()));
        for (String consumer : consumers) {
            work(consumer, deadLetters);
        }
        // Of consumers that are not there any more.
        deadLetters.forEach(
                (topic, count) -> {
                    if (count > 0) {
                        row("", topic, "", "", failed(count));
                    }
                });
    }

    private void work(String consumer, Map<String, Long> deadLetters) {
        long retrying = 0;
        int members = 0;
        for (Queue queue : status.queues()) {
            if (queue.consumer().equals(consumer)) {
                retrying += queue.isRetry() ? queue.waiting() : 0;
                members = queue.members();
            }
        }
        long dead = 0;
        for (Map.Entry<String, Long> topic : Map.copyOf(deadLetters).entrySet()) {
            if (topic.getKey().endsWith("." + consumer + ".dlt")) {
                dead += topic.getValue();
                deadLetters.remove(topic.getKey());
            }
        }
        String name = consumer;
        for (Queue queue : status.queues()) {
            if (queue.consumer().equals(consumer) && !queue.isRetry()) {
                boolean first = !name.isEmpty();
                row(
                        name,
                        queue.topic(),
                        Terminal.count(queue.waiting()),
                        first ? Terminal.count(retrying) : "",
                        first ? failed(dead) : "");
                name = "";
            }
        }
        if (members == 0) {
            line(
                    "  "
                            + Terminal.yellow(
                                    consumer + " is not running: what waits stays safe", screen));
        }
    }

    private String failed(long count) {
        return count == 0 ? "0" : Terminal.count(count);
    }

    private void disk() {
        StringJoiner sizes = new StringJoiner(", ");
        status.disk().forEach((folder, bytes) -> sizes.add(folder + " " + Terminal.size(bytes)));
        text.append('\n');
        line(
                Terminal.bold("DISK", screen)
                        + "  "
                        + sizes
                        + Terminal.dim(
                                "  ("
                                        + Terminal.size(status.diskFree())
                                        + " free on "
                                        + dataFolder
                                        + ")",
                                screen));
    }

    private void title(String name, String... columns) {
        text.append('\n');
        line(
                Terminal.bold("%-46s".formatted(name), screen)
                        + Terminal.dim("%9s%11s%14s".formatted((Object[]) columns), screen));
    }

    private void row(String first, String second, String a, String b, String c) {
        line("  %-20s%-24s%9s%11s%14s".formatted(first, second, a, b, c));
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
