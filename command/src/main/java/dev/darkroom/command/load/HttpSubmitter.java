package dev.darkroom.command.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends the bytes over HTTP, one multipart request a file, for files that ingest-service may not
/// read by itself.
final class HttpSubmitter implements Submitter {
    private static final int AT_ONCE = 4;
    private static final Set<Integer> FILE_AT_FAULT = Set.of(400, 413, 415, 422);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ExecutorService sending = Executors.newFixedThreadPool(AT_ONCE);
    private final JsonMapper json = JsonMapper.shared();
    private final URI door;
    private final int priority;

    /// @param uploads base URL of ingest-service
    HttpSubmitter(URI uploads, int priority) {
        this.door = uploads.resolve("/api/assets");
        this.priority = priority;
    }

    @Override
    public CompletableFuture<UUID> submit(Found.Media file) {
        return CompletableFuture.supplyAsync(() -> send(file), sending);
    }

    private UUID send(Found.Media file) {
        String boundary = "darkroom-" + UUID.randomUUID();
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(door)
                            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                            .header("Accept", "application/json, application/problem+json")
                            .POST(form(file, boundary))
                            .build();
            return assetId(http.send(request, BodyHandlers.ofString()));
        } catch (FileNotFoundException e) {
            throw new CompletionException(new Rejected("cannot be read"));
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private BodyPublisher form(Found.Media file, String boundary) throws FileNotFoundException {
        String name = String.valueOf(file.path().getFileName());
        String quoted = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
        String head =
                part(boundary, "priority", "")
                        + "\r\n"
                        + priority
                        + "\r\n"
                        + part(boundary, "file", "; filename=\"" + quoted + "\"")
                        + "Content-Type: application/octet-stream\r\n\r\n";
        return BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofFile(file.path()),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    }

    private static String part(String boundary, String name, String more) {
        return "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\""
                + name
                + "\""
                + more
                + "\r\n";
    }

    private UUID assetId(HttpResponse<String> response) {
        int status = response.statusCode();
        try {
            if (status / 100 == 2) {
                return UUID.fromString(json.readTree(response.body()).path("assetId").asString());
            }
            if (FILE_AT_FAULT.contains(status)) {
                throw new CompletionException(new Rejected(detail(response)));
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CompletionException(unexpected(response, e));
        }
        throw new CompletionException(unexpected(response, null));
    }

    private String detail(HttpResponse<String> response) {
        JsonNode problem = json.readTree(response.body());
        String detail = problem.path("detail").asString("");
        return detail.isEmpty()
                ? problem.path("title").asString("HTTP " + response.statusCode())
                : detail;
    }

    private IOException unexpected(HttpResponse<String> response, @Nullable Exception cause) {
        return new IOException(
                door + " answered " + response.statusCode() + " " + response.body(), cause);
    }

    @Override
    public void close() {
        sending.shutdownNow();
        http.shutdownNow();
    }
}
