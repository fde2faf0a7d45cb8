package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.sync.folders.records.Operations.Operation;
import dev.darkroom.sync.folders.scan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Instances that keep folders in step by themselves, alone and several.
class FolderSyncIT {
    @TempDir Path folder;
    private Neighbourhood here;

    @BeforeEach
    void prepare() throws SQLException {
        here = new Neighbourhood(folder);
    }

    @AfterEach
    void close() throws Exception {
        here.close();
    }

    @Test
    void aChangeIsSeenAndReadByItself() throws Exception {
        // given
        UUID id = here.repository("photos");
        Files.writeString(here.root("photos").resolve("old.jpg"), "old");
        here.instance("one");
        here.awaitVersion(id, "old.jpg", 1);

        // when, then
        Files.writeString(here.root("photos").resolve("new.jpg"), "new");
        here.awaitVersion(id, "new.jpg", 1);
        Files.writeString(here.root("photos").resolve("new.jpg"), "newer");
        here.awaitVersion(id, "new.jpg", 2);
        Files.createDirectories(here.root("photos").resolve("a/b"));
        Files.move(
                here.root("photos").resolve("new.jpg"),
                here.root("photos").resolve("a/b/moved.jpg"));
        here.awaitVersion(id, "a/b/moved.jpg", 2);
        Files.delete(here.root("photos").resolve("old.jpg"));
        Neighbourhood.await("the removal", () -> here.files(id).size() == 1);
        assertThat(here.operations(id)).allMatch(one -> one.status().equals("completed"));
        assertThat(here.operations(id).getLast().type()).isEqualTo("startup");
        assertThat(here.operations(id).getFirst().type()).isEqualTo("realtime");
    }

    @Test
    void whatOperatorsAskIsDoneByWhoeverKeepsTheRepository() throws Exception {
        // given
        UUID id = here.repository("photos");
        for (int i = 0; i < 20; i++) {
            Files.writeString(here.root("photos").resolve(i + ".jpg"), "content " + i);
        }
        here.instance("one");
        here.awaitVersion(id, "19.jpg", 1);
        SyncDesk desk = new SyncDesk(here.pool, Neighbourhood.quick());

        // when, then: a plan, held removals, a confirmation
        assertThat(desk.plan("photos").counts().hasChanges()).isFalse();
        for (int i = 0; i < 15; i++) {
            Files.delete(here.root("photos").resolve(i + ".jpg"));
        }
        Neighbourhood.await("the fuse", () -> !desk.operations("photos", "held", 1).isEmpty());
        assertThat(here.files(id)).hasSize(20);
        Plan plan = desk.plan("photos");
        assertThat(plan.held()).isTrue();
        assertThat(plan.counts().held()).isEqualTo(15);
        Operation held = desk.operations("photos", "held", 1).getFirst();
        desk.confirm(held.id());
        assertThat(here.files(id)).hasSize(5);
        assertThatThrownBy(() -> desk.confirm(held.id()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("holds nothing, it is completed");

        // and: an undone operation pauses the repository until somebody resumes it
        Operation undo = desk.undo(held.id());
        assertThat(undo.counts().added()).isEqualTo(15);
        assertThat(here.files(id)).hasSize(20);
        assertThatThrownBy(() -> desk.scan("photos"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("./darkroom sync resume photos");
        assertThat(desk.repository("photos").paused()).contains("was undone");
        desk.resume("photos");
        Neighbourhood.await("the next scan", () -> !desk.operations("photos", "held", 1).isEmpty());
        assertThatThrownBy(() -> desk.repository("nowhere"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("there is no repository nowhere");
    }

    @Test
    void repositoriesComeChangeAndGoWhileItRuns() throws Exception {
        // given
        FolderSync one = here.instance("one");
        UUID id = here.repository("photos");
        Files.writeString(here.root("photos").resolve("a.jpg"), "a");
        here.awaitVersion(id, "a.jpg", 1);

        // when, then
        here.admin.sql("update repositories set ignore_patterns = '{*.tiff}'").update();
        Neighbourhood.await("the new patterns", () -> here.operations(id).size() >= 2);
        Files.writeString(here.root("photos").resolve("b.tiff"), "b");
        Files.writeString(here.root("photos").resolve("c.jpg"), "c");
        here.awaitVersion(id, "c.jpg", 1);
        assertThat(here.files(id)).doesNotContainKey("b.tiff");
        here.admin.sql("update repositories set watched = false").update();
        Neighbourhood.await("nobody to keep it", () -> one.kept().isEmpty());
    }

    @Test
    void aFolderIsComparedAsOftenAsItsOwnerWantsThoughNothingIsHeard() throws Exception {
        // given
        UUID id = here.repository("photos");
        here.instance("one");
        Neighbourhood.await("the first scan", () -> !here.operations(id).isEmpty());

        // when
        here.admin.sql("update repositories set rescan_interval_seconds = 1").update();

        // then
        Neighbourhood.await("two more", () -> here.operations(id).size() >= 3);
        assertThat(here.operations(id).getLast().type()).isEqualTo("startup");
        assertThat(here.operations(id).getFirst().type()).isEqualTo("reconciliation");
    }

    @Test
    void severalInstancesShareRepositoriesAndTakeOverWhatOneLeaves() throws Exception {
        // given
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(here.repository("photos-" + i));
        }
        FolderSync one = here.instance("one");
        Neighbourhood.await("all repositories", () -> one.kept().size() == 4);
        FolderSync two = here.instance("two");

        // when, then
        Neighbourhood.await("half of them", () -> two.kept().size() == 2 && one.kept().size() == 2);
        one.close();
        Neighbourhood.await("the others", () -> two.kept().size() == 4);
        Files.writeString(here.root("photos-3").resolve("a.jpg"), "a");
        here.awaitVersion(ids.get(3), "a.jpg", 1);
    }

    @Test
    void aKilledInstanceIsTakenOverAndAStoppedOneWritesNothingMore() throws Exception {
        // given
        UUID id = here.repository("photos");
        for (int i = 0; i < 200; i++) {
            Files.writeString(here.root("photos").resolve(i + ".jpg"), "content " + i);
        }
        SyncProcess first = here.process(List.of());
        Neighbourhood.await("the first", () -> here.holder(id).equals("process-" + first.pid()));
        here.awaitVersion(id, "199.jpg", 1);
        Map<String, Long> before = here.files(id);

        // when: stopped in the middle of its life
        first.signal("STOP");
        long stopped = System.nanoTime();
        SyncProcess second = here.process(List.of());
        Neighbourhood.await("the second", () -> here.holder(id).equals("process-" + second.pid()));
        Duration takenOver = Duration.ofNanos(System.nanoTime() - stopped);
        Files.move(here.root("photos").resolve("0.jpg"), here.root("photos").resolve("zero.jpg"));
        here.awaitVersion(id, "zero.jpg", 1);
        first.signal("CONT");
        Files.writeString(here.root("photos").resolve("after.jpg"), "after");
        here.awaitVersion(id, "after.jpg", 1);

        // and: killed
        second.kill();
        long killed = System.nanoTime();
        Neighbourhood.await(
                "the first again", () -> here.holder(id).equals("process-" + first.pid()));
        Duration again = Duration.ofNanos(System.nanoTime() - killed);
        Files.writeString(here.root("photos").resolve("last.jpg"), "last");
        here.awaitVersion(id, "last.jpg", 1);

        // then
        System.out.println("taken over after " + takenOver + " and " + again);
        assertThat(takenOver).isLessThan(Duration.ofSeconds(30));
        assertThat(again).isLessThan(Duration.ofSeconds(30));
        assertThat(here.files(id)).hasSize(202).containsEntry("zero.jpg", before.get("0.jpg"));
        assertThat(here.operations(id)).noneMatch(one -> one.status().equals("running"));
    }

    @Test
    void aScanThatWasKilledIsMarkedAndDoneAgain() throws Exception {
        // given
        UUID id = here.repository("photos");
        Files.writeString(here.root("photos").resolve("a.jpg"), "a");
        here.admin
                .sql(
                        """
                        insert into sync_operations (repository_id, operation_type, scan_generation)
                        values (:id, 'startup', 0)
                        """)
                .param("id", id)
                .update();

        // when
        here.instance("one");
        here.awaitVersion(id, "a.jpg", 1);

        // then
        Operation interrupted = here.operations(id).getLast();
        assertThat(interrupted.status()).isEqualTo("failed");
        assertThat(interrupted.error()).startsWith("interrupted");
        assertThat(here.operations(id).getFirst().status()).isEqualTo("completed");
    }
}
