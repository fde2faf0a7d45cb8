package dev.darkroom.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenApiIT {
    private static final Path SNAPSHOT = Path.of("..", "docs", "openapi.yaml");

    private final RunningLibrary library = RunningLibrary.SHARED;

    /// When the API was meant to change: run this test with `-Dsnapshots=write` and commit the
    /// file.
    @Test
    void isWhatTheCommittedDescriptionSays() throws IOException {
        String served = library.get("/openapi.yaml").body();
        if ("write".equals(System.getProperty("snapshots"))) {
            Files.createDirectories(SNAPSHOT.getParent());
            Files.writeString(SNAPSHOT, served);
        }

        assertThat(served).isEqualTo(Files.readString(SNAPSHOT));
    }

    @Test
    void isServedAsJsonToo() {
        assertThat(library.getJson("/v3/api-docs").get("openapi").asString()).startsWith("3.");
    }

    @Test
    void servesThePage() {
        assertThat(library.get("/").body()).contains("<title>Darkroom</title>");
    }
}
