package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.MediaCapabilities;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table in `docs/formats.md` is what really comes of a file of each format: recognised, probed
/// and drawn. Run with `-Dsnapshots=write` to renew it.
class FormatTableTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "formats.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end of table -->";

    private static final RenderRequest ONE =
            new RenderRequest(List.of(new RenderSize("small", 100)), 80);

    private static final Desk DESK =
            new Desk(new Request.Hello(Frames.VERSION, 1_000_000_000, 4_096, 2_000, true));

    @TempDir private Path directory;

    @Test
    void isWhatThePageSays() throws IOException {
        List<String> missing =
                DESK.engines().missing().stream()
                        .filter(line -> !line.startsWith(MediaCapabilities.RECORDINGS))
                        .toList();
        assumeTrue(
                missing.isEmpty(),
                () -> "the page tells of a machine with every decoder of pictures: " + missing);
        StringBuilder table =
                new StringBuilder(
                        """
                        | format | recognised as | size | turned | camera | taken | thumbnail |
                        |---|---|---|---|---|---|---|
                        """);
        for (Map.Entry<String, Supplier<byte[]>> sample : FormatSamples.all().entrySet()) {
            table.append(line(sample.getKey(), sample.getValue().get()));
        }
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        if ("write".equals(System.getProperty("snapshots"))) {
            page = page.substring(0, from) + table + page.substring(to);
            Files.writeString(PAGE, page);
            to = page.indexOf(END);
        }

        assertThat(page.substring(from, to)).isEqualTo(table.toString());
    }

    private String line(String name, byte[] bytes) {
        Path file = save(directory, "sample", bytes);
        Reply probed = DESK.answer(new Request.Probe(file, true));
        if (!(probed instanceof Reply.Probed(MediaFacts facts))) {
            throw new AssertionError(name + ": " + probed);
        }
        Reply drawn = DESK.answer(new Request.Render(file, ONE));
        String thumbnail =
                drawn instanceof Reply.Drawn picture
                        ? (facts.isRaw() ? "embedded preview, " : "")
                                + picture.rendered().engine().replaceFirst(" [0-9].*", "")
                        : "no: " + drawn;
        return "| %s | `%s` | %s | %s | %s | %s | %s |%n"
                .formatted(
                        name,
                        facts.mimeType(),
                        yes(facts.width() != null && facts.height() != null),
                        yes(facts.orientation() == 6),
                        yes(facts.cameraMake() != null),
                        yes(facts.takenAt() != null),
                        thumbnail);
    }

    private static String yes(boolean there) {
        return there ? "yes" : "";
    }
}
