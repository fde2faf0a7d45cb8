package dev.darkroom.command.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Path ROOT = Path.of("/photos");

    @Test
    void tellsWhatIsNotThereFromWhatIsNotWhole() {
        Tally tally = new Tally();
        tally.count(ROOT.resolve("a.jpg"), new Outcome.Added());
        tally.count(ROOT.resolve("b.png"), new Outcome.Refused("b.png: PNG is corrupt"));
        tally.count(
                ROOT.resolve("c.dsf"),
                new Outcome.Incomplete("thumbnail", "c.dsf: nothing can be decoded"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new Summary(ROOT, new PrintStream(out, true, StandardCharsets.UTF_8))
                .print(new ImportResult(tally, 0, Duration.ofSeconds(2)));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        Not in the library
                          b.png  PNG is corrupt
                        In the library, but not whole
                          c.dsf  thumbnail: nothing can be decoded

                          added                 1
                          incomplete            1  in the library, but a task gave up
                          refused               1
                          3 files in 2.0 s, 1.5 files/s
                        """);
    }
}
