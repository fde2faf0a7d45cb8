package dev.darkroom.library.people;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Asks embedding-worker, which found the faces and has child processes that decode.
final class WorkerFacePictures implements FacePictures {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int IMPOSSIBLE = 422;

    private final HttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI worker;
    private final Duration patience;

    WorkerFacePictures(URI worker, Duration patience) {
        this.worker = worker;
        this.patience = patience;
        this.http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    @Override
    public Answer of(UUID face, int size) {
        URI uri = worker.resolve("/api/faces/%s/picture?size=%d".formatted(face, size));
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(patience).build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return switch (response.statusCode()) {
                case OK -> new Answer.Jpeg(response.body());
                case NOT_FOUND -> new Answer.NoSuchFace();
                case IMPOSSIBLE -> new Answer.Impossible(detail(response.body()));
                default -> new Answer.Later("it answered " + response.statusCode());
            };
        } catch (IOException e) {
            return new Answer.Later(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Later("this service is stopping");
        }
    }

    private String detail(byte[] problem) {
        String text = new String(problem, StandardCharsets.UTF_8);
        try {
            return json.readTree(text).path("detail").asString(text);
        } catch (JacksonException e) {
            return text;
        }
    }
}
