package dev.darkroom.command.stream;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import dev.darkroom.command.RunningSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// sync-service's interface for operators of the change streams.
public final class StreamClient {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final URI sync;

    public StreamClient(RunningSystem system) {
        this.sync = system.sync();
    }

    /// What `GET /api/streams` answers.
    public JsonNode status() throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(sync.resolve("/api/streams")).GET());
    }

    /// Begins a repair and says what that is.
    public String repair() throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(sync.resolve("/api/streams/repair"))
                        .POST(BodyPublishers.noBody()))
                .path("doing")
                .asString();
    }

    private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "sync-service answered %d: %s"
                                .formatted(answer.statusCode(), answer.body()));
            }
            return JsonMapper.shared().readTree(answer.body());
        }
    }
}
