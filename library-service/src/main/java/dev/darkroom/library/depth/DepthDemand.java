package dev.darkroom.library.depth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Asks embedding-worker for a depth map and waits a moment for it. Who comes back later finds it
/// made: the worker goes on when nobody waits any more.
public class DepthDemand {
    private static final int MADE = 204;
    private static final int UNPROCESSABLE = 422;

    private final HttpClient http;
    private final JsonMapper json;
    private final URI worker;
    private final Duration patience;

    public DepthDemand(URI worker, Duration patience, JsonMapper json) {
        this.worker = worker;
        this.patience = patience;
        this.json = json;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(patience)
                        .build();
    }

    /// What came of it.
    sealed interface Answer {
        /// It is there.
        record Made() implements Answer {}

        /// It is being made.
        record NotYet() implements Answer {}

        /// Not now.
        record Unavailable(String reason) implements Answer {}

        /// Not of this photo.
        record GivenUp(String reason) implements Answer {}
    }

    Answer ensure(UUID assetId, DepthFormat format) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                worker.resolve(
                                        "/api/depth-maps?assetId=%s&format=%s"
                                                .formatted(assetId, format.wireName())))
                        .timeout(patience)
                        .POST(BodyPublishers.noBody())
                        .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case MADE -> new Answer.Made();
                case UNPROCESSABLE -> new Answer.GivenUp(detail(response));
                default -> new Answer.Unavailable(detail(response));
            };
        } catch (HttpTimeoutException e) {
            return new Answer.NotYet();
        } catch (IOException e) {
            return new Answer.Unavailable(
                    "embedding-worker does not answer at "
                            + worker
                            + " (darkroom.library.depth-url)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.NotYet();
        }
    }

    private String detail(HttpResponse<String> response) {
        try {
            return json.readTree(response.body())
                    .path("detail")
                    .asString("embedding-worker answered " + response.statusCode());
        } catch (JacksonException e) {
            return "embedding-worker answered " + response.statusCode();
        }
    }
}
