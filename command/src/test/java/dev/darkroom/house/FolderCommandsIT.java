package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.command.Typed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `darkroom repository` and `darkroom sync`, as somebody types them, against the running system.
class FolderCommandsIT {
    private static final int FILES = 15;

    private final House house = House.shared();
    private final String name = "typed-" + UUID.randomUUID().toString().substring(0, 8);
    private Path folder = Path.of("");
    private String out = "";
    private String err = "";

    @BeforeEach
    void makeFiles() throws Exception {
        folder = house.folder("typed");
        Files.createDirectory(folder.resolve("most"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(folder.resolve((i < 12 ? "most/" : "") + i + ".txt"), "text " + i);
        }
    }

    @AfterEach
    void stopFollowing() {
        run("repository", "remove", name);
    }

    @Test
    void aFolderIsFollowedSeenChangedAndLeft() throws Exception {
        // followed
        assertThat(run("repository", "add", folder.toString(), "--name", name, "--fuse", "25"))
                .as(err)
                .isZero();
        assertThat(out).contains(name, folder.toString());
        assertThat(run("repository", "add", folder.toString())).isEqualTo(1);
        assertThat(err).contains(folder.toString());

        // seen
        assertThat(run("repository", "list")).as(() -> err).isZero();
        assertThat(out).contains(name);
        awaitFiles(FILES);
        assertThat(run("sync", "show", name)).isZero();
        assertThat(out).contains(name, folder.toString(), "startup", "completed");

        // changed
        assertThat(run("repository", "set", name, "--ignore", "*.tmp", "--rescan", "60", "--json"))
                .as(err)
                .isZero();
        JsonNode changed = JsonMapper.shared().readTree(out).get(0);
        assertThat(changed.path("rescanIntervalSeconds").asInt()).isEqualTo(60);
        assertThat(changed.path("deleteFusePercent").asInt()).isEqualTo(25);
        assertThat(changed.path("ignorePatterns").get(0).asString()).isEqualTo("*.tmp");
        assertThat(run("repository", "set", "nowhere", "--rescan", "60")).isEqualTo(1);
        assertThat(err).contains("nowhere");

        // left
        assertThat(run("repository", "remove", name, "--forget")).as(err).isZero();
        assertThat(out).contains("forgotten: " + folder);
        assertThat(run("sync", "show", name)).isEqualTo(1);
        assertThat(err).contains("there is no repository " + name);
        assertThat(
                        house.query(
                                "select count(*) from file_records f where not exists (select from repositories r where r.repository_id = f.repository_id)"))
                .containsExactly("0");
        assertThat(folder.resolve("most/0.txt")).exists();
    }

    @Test
    void heldRemovalsAreSeenConfirmedAndTakenBack() throws Exception {
        // given
        assertThat(run("repository", "add", folder.toString(), "--name", name)).as(err).isZero();
        awaitFiles(FILES);
        Files.move(folder.resolve("most"), folder.resolveSibling(name));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !operations("--status", "held").isEmpty());
        String held = operations("--status", "held").getFirst().path("id").asString();

        // when, then: the plan of a dry run, held too
        assertThat(run("sync", "run", name, "--dry-run")).isEqualTo(1);
        assertThat(out).contains("- most/0.txt", "12 held; nothing was changed");
        assertThat(run("sync", "run", name)).as("the same again is not held again").isZero();
        assertThat(out).contains("./darkroom sync confirm " + held);

        // confirmed, and taken back
        assertThat(run("sync", "confirm", held)).as(err).isZero();
        assertThat(out).contains("confirmed: 12 removed");
        assertThat(run("sync", "undo", held)).as(err).isZero();
        assertThat(out).contains("took back operation " + held);
        assertThat(run("sync", "run", name)).isEqualTo(1);
        assertThat(err).contains("is paused", "./darkroom sync resume " + name);
        assertThat(run("sync", "resume", name)).isZero();
        assertThat(out).isEqualTo(name + " goes on\n");
        assertThat(run("sync", "operations", name, "--limit", "1", "--format", "json")).isZero();
        assertThat(JsonMapper.shared().readTree(out)).hasSize(1);
    }

    private List<JsonNode> operations(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("sync", "operations", name, "--format", "json"));
        arguments.addAll(List.of(options));
        assertThat(run(arguments.toArray(String[]::new))).as(err).isZero();
        return JsonMapper.shared().readTree(out).valueStream().toList();
    }

    private void awaitFiles(int count) {
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            run("sync", "show", name, "--format", "json");
                            JsonNode repository =
                                    JsonMapper.shared().readTree(out).path("repository");
                            return repository.path("files").asInt() == count
                                    && repository.path("pending").asInt() == 0;
                        });
    }

    /// Types a command, and keeps what it says.
    private int run(String... arguments) {
        List<String> typed = new ArrayList<>(List.of(arguments));
        typed.addAll(List.of("--data", house.data().toString()));
        Typed answer = Typed.here(typed.toArray(String[]::new));
        out = answer.out();
        err = answer.err();
        return answer.code();
    }
}
