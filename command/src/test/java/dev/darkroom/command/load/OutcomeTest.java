package dev.darkroom.command.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.AssetDuplicate;
import dev.darkroom.schema.AssetReady;
import dev.darkroom.schema.AssetStalled;
import dev.darkroom.schema.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final UUID ID = UUID.fromString("01934b5e-7f7a-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("01934b5e-7f7a-7000-8000-000000000002");
    private static final Path FILE = Path.of("/photos/a.jpg");

    @Test
    void readsOutcomesFromEvents() {
        Instant now = Instant.EPOCH;
        Sha256 sha = new Sha256("0".repeat(64));

        assertThat(Outcome.of(new AssetReady(ID, 1, List.of("thumbnail"), now)))
                .contains(new Outcome.Added());
        assertThat(Outcome.of(new AssetDuplicate(ID, OTHER, sha, now)))
                .contains(new Outcome.AlreadyThere(OTHER));
        assertThat(Outcome.of(new AssetStalled(ID, 1, "thumbnail", "too large", now)))
                .contains(new Outcome.Incomplete("thumbnail", "too large"));
    }

    @Test
    void countsEachKindAndKeepsReasons() {
        Tally tally = new Tally();

        tally.count(FILE, new Outcome.Added());
        tally.count(FILE, new Outcome.AlreadyThere(OTHER));
        tally.count(FILE, new Outcome.Refused("not a photo"));
        tally.skip(Path.of("/photos/notes.txt"));

        assertThat(tally.settled()).isEqualTo(3);
        assertThat(tally.failures()).isEqualTo(1);
        assertThat(tally.skipped()).isEqualTo(1);
        assertThat(tally.missing()).containsExactly(new Tally.Note(FILE, "not a photo"));
    }

    @Test
    void keepsMemoryFlatWhenEverythingFails() {
        Tally tally = new Tally();

        for (int i = 0; i < 10_000; i++) {
            tally.count(FILE, new Outcome.Refused("broken"));
        }

        assertThat(tally.refused()).isEqualTo(10_000);
        assertThat(tally.missing()).hasSize(200);
    }
}
