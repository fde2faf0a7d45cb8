package dev.darkroom.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last words of a child: the tail of its standard error, kept for the message when it is lost.
final class ErrorTail {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorTail.class);
    private static final int LINES = 8;
    private static final int LINE_LENGTH = 300;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread reader;

    ErrorTail(InputStream stderr, String name) {
        reader = Thread.ofPlatform().daemon().name(name + "-stderr").start(() -> read(stderr));
    }

    /// Everything of use that the child said at the end; waits a moment for what is still in the
    /// pipe.
    String text() throws InterruptedException {
        reader.join(500);
        synchronized (lines) {
            return String.join(" | ", lines);
        }
    }

    private void read(InputStream stderr) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    keep(line.toString());
                    line.setLength(0);
                } else if (line.length() < LINE_LENGTH && !Character.isISOControl(c)) {
                    line.append((char) c);
                }
            }
            keep(line.toString());
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The standard error of a media child was closed");
        }
    }

    private void keep(String line) {
        String text = line.replaceFirst("^#+", "").strip();
        if (text.isEmpty()) {
            return;
        }
        LOG.atDebug().addKeyValue("line", text).log("A media child wrote to its standard error");
        synchronized (lines) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(text);
        }
    }
}
