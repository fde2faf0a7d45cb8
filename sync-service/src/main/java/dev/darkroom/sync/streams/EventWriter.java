package dev.darkroom.sync.streams;

import dev.darkroom.streams.Position;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Writes server-sent events. Blocks while the client does not read; throws when it has gone.
final class EventWriter {
    private final OutputStream out;

    EventWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, 64 << 10);
    }

    /// How long the client waits before it connects again.
    void retry(Duration wait) throws IOException {
        line("retry: " + wait.toMillis());
        end();
    }

    /// Tells the client where it is. Without data it is no event: nobody is called for it, but it
    /// comes back as `Last-Event-ID`.
    void position(Position position) throws IOException {
        line("id: " + position);
        end();
    }

    /// @param data without line feeds
    void event(Position after, String name, String data) throws IOException {
        line("id: " + after);
        event(name, data);
    }

    void event(String name, String data) throws IOException {
        line("event: " + name);
        line("data: " + data);
        end();
    }

    /// Means nothing to the client; writing it shows whether there still is one.
    void comment(String text) throws IOException {
        line(":" + text);
        end();
    }

    void flush() throws IOException {
        out.flush();
    }

    private void line(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        end();
    }

    private void end() throws IOException {
        out.write('\n');
    }
}
