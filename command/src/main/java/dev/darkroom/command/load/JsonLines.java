package dev.darkroom.command.load;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes one JSON line per file to standard output, and passes on to the display what it hears.
final class JsonLines implements ImportListener {
    private final ImportListener display;
    private final PrintStream out;
    private final JsonMapper json = JsonMapper.shared();

    JsonLines(ImportListener display, PrintStream out) {
        this.display = display;
        this.out = out;
    }

    @Override
    public void settled(Path file, @Nullable UUID assetId, Outcome outcome) {
        Map<String, Object> line = line(file, outcome.wireName());
        if (assetId != null) {
            line.put("assetId", assetId);
        }
        if (outcome instanceof Outcome.AlreadyThere(UUID there)) {
            line.put("duplicateOf", there);
        }
        outcome.reason().ifPresent(reason -> line.put("reason", reason));
        print(line);
    }

    @Override
    public void skipped(Path file) {
        Map<String, Object> line = line(file, "skipped");
        line.put("reason", "not a photo, video or audio file");
        print(line);
    }

    @Override
    public void unreadable(Path path, String reason) {
        Map<String, Object> line = line(path, "unreadable");
        line.put("reason", reason);
        print(line);
    }

    /// The last line: all counts.
    void summary(ImportResult result) {
        Tally tally = result.tally();
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("added", tally.added());
        counts.put("alreadyThere", tally.alreadyThere());
        counts.put("incomplete", tally.incomplete());
        counts.put("refused", tally.refused());
        counts.put("skipped", tally.skipped());
        counts.put("unreadable", tally.unreadable());
        counts.put("waiting", result.waiting());
        counts.put("milliseconds", result.took().toMillis());
        print(Map.of("summary", counts));
    }

    private static Map<String, Object> line(Path file, String outcome) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", file.toString());
        line.put("outcome", outcome);
        return line;
    }

    private void print(Map<String, Object> line) {
        out.println(json.writeValueAsString(line));
    }

    @Override
    public void expect(long size) {
        display.expect(size);
    }

    @Override
    public void everythingExpected() {
        display.everythingExpected();
    }

    @Override
    public void progress(Tally tally, long waiting) {
        display.progress(tally, waiting);
    }

    @Override
    public void note(String text) {
        display.note(text);
    }

    @Override
    public void close() {
        display.close();
    }
}
