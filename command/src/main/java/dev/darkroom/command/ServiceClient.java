package dev.darkroom.command.folders;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
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

/// sync-service's HTTP interface, as far as it is about folders.
public final class SyncClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// A plan of a large folder takes as long as a scan.
    private static final Duration ANSWER = Duration.ofMinutes(16);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /// @param base of sync-service
    public SyncClient(URI base) {
        this.base = base;
    }

    /// What answers a GET, as JSON.
    public JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET().build());
    }

    /// What answers a POST, as JSON.
    public JsonNode post(String path, String body) throws InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /// A name or an id as a part of a path.
    public static String part(String text) {
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
                        json.path("detail")
                                .asString("sync-service answered " + answer.statusCode()));
            }
            return json;
        } catch (JacksonException e) {
            throw new CommandFailed(ExitCode.FAILED, "sync-service's answer is no JSON", e);
        } catch (IOException e) {
            throw CommandFailed.notRunning("sync-service does not answer at " + base, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
