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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends the bytes over HTTP, one multipart request a file, for files that ingest-service may not
/// read by itself.
final class HttpSubmitter implements Submitter {
    private static final int WINDOW = 32;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
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
        String boundary = "darkroom-" + UUID.randomUUID();
        HttpRequest request;
        try {
            request =
                    HttpRequest.newBuilder(door)
                            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                            .header("Accept", "application/json, application/problem+json")
                            .POST(form(file, boundary))
                            .build();
        } catch (FileNotFoundException e) {
            return CompletableFuture.failedFuture(new Rejected("cannot be read"));
        }
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(this::assetId);
    }

    private BodyPublisher form(Found.Media file, String boundary) throws FileNotFoundException {
        String name = String.valueOf(file.path().getFileName());
        String quoted =
                name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
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
            if (status / 100 == 4 && status != 429) {
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
        return detail.isEmpty() ? problem.path("title").asString("HTTP " + response.statusCode()) : detail;
    }

    private IOException unexpected(HttpResponse<String> response, @org.jspecify.annotations.Nullable Exception cause) {
        return new IOException(
                door + " answered " + response.statusCode() + " " + response.body(), cause);
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public void close() {
        http.close();
    }
}
