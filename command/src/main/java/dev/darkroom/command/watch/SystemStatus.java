package dev.darkroom.command.watch;

import dev.darkroom.command.RunningSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Where a running system stands.
///
/// @param system where it listens
/// @param library what the library counts, as its `GET /api/status` answers
/// @param queues what waits, by consumer and topic
/// @param deadLetters how many were given up on, by topic
/// @param disk bytes by folder of the data folder
/// @param diskFree bytes that are left
public record SystemStatus(
        RunningSystem system,
        JsonNode library,
        List<Queue> queues,
        Map<String, Long> deadLetters,
        Map<String, Long> disk,
        long diskFree) {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    public SystemStatus {
        queues = List.copyOf(queues);
        disk = new LinkedHashMap<>(disk);
    }

    /// Asks everyone.
    public static SystemStatus of(RunningSystem system, Path dataFolder) throws IOException {
        CompletableFuture<JsonNode> library =
                CompletableFuture.supplyAsync(() -> library(system.library()));
        try (Queues queues = new Queues(system.kafka())) {
            return new SystemStatus(
                    system,
                    library.join(),
                    queues.waiting(),
                    queues.deadLetters(),
                    disk(dataFolder),
                    Files.getFileStore(dataFolder).getUsableSpace());
        }
    }

    /// The library's counts, or an object with the reason in `error`.
    private static JsonNode library(URI library) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(library.resolve("/api/status"))
                                    .timeout(ANSWER)
                                    .build(),
                            BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? JsonMapper.shared().readTree(answer.body())
                    : error("the library answered " + answer.statusCode());
        } catch (IOException e) {
            return error("the library does not answer at " + library);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error("interrupted");
        }
    }

    private static JsonNode error(String reason) {
        return JsonNodeFactory.instance.objectNode().put("error", reason);
    }

    private static Map<String, Long> disk(Path dataFolder) throws IOException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        try (Stream<Path> folders = Files.list(dataFolder)) {
            folders.filter(Files::isDirectory)
                    .sorted()
                    .forEach(folder -> sizes.put(folder.getFileName().toString(), size(folder)));
        }
        return sizes;
    }

    private static long size(Path folder) {
        AtomicLong bytes = new AtomicLong();
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                            // Kafka makes its indexes 10 MB long at once, mostly holes.
                            if (!file.toString().endsWith("index")) {
                                bytes.addAndGet(found.size());
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException cause) {
                            // Gone meanwhile, or not ours to read: it does not count.
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.get();
    }
}
