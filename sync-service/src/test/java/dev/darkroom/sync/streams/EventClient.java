package dev.darkroom.sync.streams;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client of server-sent events that does what the HTML standard says: an `id` is remembered with
/// or without data, an event without data is none, comments mean nothing.
final class EventClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BufferedReader lines;
    private String lastId;
    private final List<String> comments = new ArrayList<>();

    private EventClient(BufferedReader lines, String lastId) {
        this.lines = lines;
        this.lastId = lastId;
    }

    record Event(String id, String name, String data) {}

    static HttpResponse<String> refused(URI uri) throws IOException, InterruptedException {
        return HTTP.send(request(uri, null), HttpResponse.BodyHandlers.ofString());
    }

    static int status(URI uri, String lastEventId) throws IOException, InterruptedException {
        return HTTP.send(request(uri, lastEventId), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /// Counts events of a connection on which the request has been sent, up to a number.
    static long countEvents(Socket socket, long most) {
        try {
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            long events = 0;
            for (String line = lines.readLine(); line != null && events < most; ) {
                events += line.startsWith("data: ") ? 1 : 0;
                line = events < most ? lines.readLine() : null;
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventClient open(URI uri, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        var answer =
                HTTP.send(request(uri, lastEventId), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    answer.statusCode()
                            + " "
                            + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("text/event-stream")) {
            throw new AssertionError("not a stream of events: " + type);
        }
        return new EventClient(
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)),
                "");
    }

    private static HttpRequest request(URI uri, @Nullable String lastEventId) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return request.build();
    }

    /// Waits for the next event.
    Event next() throws IOException {
        Event event = nextOrNull();
        if (event == null) {
            throw new AssertionError("the stream ended after " + lastId);
        }
        return event;
    }

    /// Whether the stream ends without another event.
    boolean endsHere() throws IOException {
        return nextOrNull() == null;
    }

    private @Nullable Event nextOrNull() throws IOException {
        String name = "message";
        String data = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (data != null) {
                    return new Event(lastId, name, data);
                }
            } else if (line.startsWith(":")) {
                comments.add(line);
            } else if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return null;
    }

    /// Reads until a line that begins like this.
    void awaitLine(String beginning) throws IOException {
        String line;
        do {
            line = lines.readLine();
            if (line != null && line.startsWith("id: ")) {
                lastId = line.substring(4);
            }
        } while (line != null && !line.startsWith(beginning));
    }

    String lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
