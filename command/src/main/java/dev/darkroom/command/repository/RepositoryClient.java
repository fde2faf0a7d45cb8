package dev.darkroom.command.repository;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks ingest-service about repositories. What it refuses ends the command with its words.
public final class RepositoryClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI door;

    /// @param uploads base URL of ingest-service
    public RepositoryClient(URI uploads) {
        this.door = uploads.resolve("/api/repositories");
    }

    public List<JsonNode> list() {
        List<JsonNode> items = new ArrayList<>();
        send("GET", "", null).path("items").forEach(items::add);
        return items;
    }

    /// The repository that a person calls by its id, the beginning of it, its name or its path.
    public JsonNode find(String called) {
        List<JsonNode> found = list().stream().filter(one -> isCalled(one, called)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new CommandFailed(
                ExitCode.FAILED,
                found.isEmpty()
                        ? "there is no repository "
                                + called
                                + "\nsee what there is with: ./darkroom repository list"
                        : "several repositories are called " + called + "; name it by its id");
    }

    public JsonNode add(Map<String, Object> settings) {
        return send("POST", "", settings);
    }

    public JsonNode change(String id, Map<String, Object> settings) {
        return send("PATCH", "/" + id, settings);
    }

    /// Nobody looks after the folder any more.
    public void stopWatching(String id) {
        send("DELETE", "/" + id, null);
    }

    /// Removes it and its assets from the library; the files stay.
    public void forget(String id) {
        send("DELETE", "/" + id + "?forget=true", null);
    }

    private static boolean isCalled(JsonNode repository, String called) {
        String id = repository.path("repositoryId").asString("");
        return repository.path("name").asString("").equals(called)
                || repository.path("path").asString("").equals(absolute(called))
                || (called.length() >= 8 && id.startsWith(called));
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private JsonNode send(String method, String path, @Nullable Map<String, Object> body) {
        BodyPublisher publisher =
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(JSON.writeValueAsString(body));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(door + path))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, application/problem+json")
                        .method(method, publisher)
                        .build();
        try {
            return answer(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw CommandFailed.notRunning("ingest-service does not answer at " + door, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted", e);
        }
    }

    private static JsonNode answer(HttpResponse<String> response) {
        JsonNode body;
        try {
            body = JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (JacksonException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "ingest-service answered %d: %s"
                            .formatted(response.statusCode(), response.body()),
                    e);
        }
        if (response.statusCode() / 100 == 2) {
            return body;
        }
        String field = body.path("field").asString("");
        String detail = body.path("detail").asString("HTTP " + response.statusCode());
        throw new CommandFailed(ExitCode.FAILED, field.isEmpty() ? detail : field + ": " + detail);
    }
}
