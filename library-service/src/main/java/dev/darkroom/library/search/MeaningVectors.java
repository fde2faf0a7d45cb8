package dev.darkroom.library.search;

import dev.darkroom.vision.VisualV1;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Words by what they mean, in the space of a model of the user's: embedding-worker has it, and is
/// asked. When it does not answer, a search goes on with what else the words say.
final class MeaningVectors implements TextVectors {
    private static final Logger log = LoggerFactory.getLogger(MeaningVectors.class);
    private static final int OK = 200;

    /// The model knows no words.
    private static final int CONFLICT = 409;

    private final HttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI worker;
    private final Duration patience;

    MeaningVectors(URI worker, Duration patience) {
        this.worker = worker;
        this.patience = patience;
        this.http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    @Override
    public Optional<float[]> vector(String words, ActiveSpace space) {
        if (space.modelId().equals(VisualV1.MODEL_ID)) {
            return Optional.empty();
        }
        try {
            HttpResponse<String> response =
                    http.send(request(words, space), BodyHandlers.ofString());
            if (response.statusCode() == OK) {
                // A space that was switched meanwhile has vectors of another kind.
                return Optional.of(json.readValue(response.body(), Answer.class))
                        .filter(answer -> answer.spaceId().equals(space.id()))
                        .map(Answer::vector);
            }
            if (response.statusCode() != CONFLICT) {
                warn(space, "it answered " + response.statusCode());
            }
        } catch (IOException | JacksonException e) {
            warn(space, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private HttpRequest request(String words, ActiveSpace space) {
        String query =
                "text=%s&role=%s"
                        .formatted(URLEncoder.encode(words, StandardCharsets.UTF_8), space.role());
        return HttpRequest.newBuilder(worker.resolve("/api/words?" + query))
                .timeout(patience)
                .build();
    }

    private void warn(ActiveSpace space, String reason) {
        log.atWarn()
                .addKeyValue("worker", worker)
                .addKeyValue("modelId", space.modelId())
                .addKeyValue("reason", reason)
                .log("embedding-worker does not say what words mean, they are looked up without");
    }

    /// What embedding-worker answers; it says more.
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Answer(UUID spaceId, String modelId, float[] vector) {}
}
