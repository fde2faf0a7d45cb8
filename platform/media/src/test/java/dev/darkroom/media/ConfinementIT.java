package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.media.child.Faults;
import dev.darkroom.media.child.TestPictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A child that has been taken over by its file, and what it cannot do then.
class ConfinementIT {

    private static final RenderRequest SMALL =
            new RenderRequest(List.of(new RenderSize("small", 150)), 80);

    @TempDir private Path directory;

    @Test
    void aChildThatWasTakenOverGetsNowhere() throws Exception {
        Files.writeString(directory.resolve("secret.txt"), "the neighbour's");
        Files.writeString(directory.resolve("victim.txt"), "untouched");
        try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                MediaPool pool =
                        new MediaPool(
                                MediaOptions.defaults().withProcesses(1), Faults.class.getName())) {
            String name =
                    "fault-escape."
                            + ProcessHandle.current().pid()
                            + "."
                            + service.getLocalPort()
                            + ".jpg";
            Path file = TestPictures.save(directory, name, TestPictures.jpeg(80, 60));

            List<String> confinement = pool.capabilities().confinement();
            List<String> scores = outOfMemoryScores();
            MediaChildLost lost =
                    catchThrowableOfType(MediaChildLost.class, () -> pool.render(file, SMALL));

            assertThat(confinement).as("this system confines").isNotEmpty();
            assertThat(scores).as("the system takes it rather than us").containsOnly("1000");
            assertThat(lost).hasMessageContaining("escaped: []");
            assertThat(directory.resolve("victim.txt")).hasContent("untouched");
            assertThat(directory.resolve("new.txt")).doesNotExist();
        }
    }

    private static List<String> outOfMemoryScores() throws IOException {
        List<String> scores = new ArrayList<>();
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            Path score = Path.of("/proc", Long.toString(child.pid()), "oom_score_adj");
            scores.add(Files.readString(score).strip());
        }
        return scores;
    }
}
