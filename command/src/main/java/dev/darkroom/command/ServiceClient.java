package dev.darkroom.command;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service's HTTP interface, for a person: JSON, and what it refuses as a failed command.
final class ServiceClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// A plan of a large folder takes as long as a scan.
    private static final Duration ANSWER = Duration.ofMinutes(16);

    private final String service;
    private final URI base;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /// @param service its name, for messages
    ServiceClient(String service, URI base) {
        this.service = service;
        this.base = base;
    }

    /// What answers a GET, as JSON.
    JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET().build());
    }

    /// What answers a POST, as JSON.
    JsonNode post(String path, String body) throws InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /// What answers a PATCH, as JSON.
    JsonNode patch(String path, String body) throws InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(body))
                        .build());
    }

    /// What answers a DELETE, as JSON.
    JsonNode delete(String path) throws InterruptedException {
        return send(request(path).DELETE().build());
    }

    /// A name or an id as a part of a path.
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json");
    }

    /// @throws CommandFailed with what the service says
    private JsonNode send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            JsonNode json = JsonMapper.shared().readTree(answer.body());
            if (answer.statusCode() >= 400) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        json.path("detail").asString(service + " answered " + answer.statusCode()));
            }
            return json;
        } catch (JacksonException e) {
            throw new CommandFailed(ExitCode.FAILED, service + "'s answer is no JSON", e);
        } catch (IOException e) {
            throw CommandFailed.notRunning(service + " does not answer at " + base, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
