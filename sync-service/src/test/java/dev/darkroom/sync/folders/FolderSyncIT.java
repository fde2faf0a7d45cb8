package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.schema.Role;
import dev.darkroom.sync.folders.records.Operations;
import dev.darkroom.sync.folders.records.Operations.Operation;
import dev.darkroom.sync.folders.scan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Instances that keep folders in step by themselves, alone and several.
class FolderSyncIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;
    private MigratedDatabase database;
    private JdbcClient admin;
    private HikariDataSource pool;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void prepare() throws SQLException {
        database = MigratedDatabase.create();
        admin = database.asAdmin();
        pool = database.pool(Role.SYNC);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        pool.close();
    }

    @Test
    void aChangeIsSeenAndReadByItself() throws Exception {
        // given
        UUID id = repository("photos");
        Files.writeString(root("photos").resolve("old.jpg"), "old");
        instance("one");
        awaitVersion(id, "old.jpg", 1);

        // when, then
        Files.writeString(root("photos").resolve("new.jpg"), "new");
        awaitVersion(id, "new.jpg", 1);
        Files.writeString(root("photos").resolve("new.jpg"), "newer");
        awaitVersion(id, "new.jpg", 2);
        Files.createDirectories(root("photos").resolve("a/b"));
        Files.move(root("photos").resolve("new.jpg"), root("photos").resolve("a/b/moved.jpg"));
        awaitVersion(id, "a/b/moved.jpg", 2);
        Files.delete(root("photos").resolve("old.jpg"));
        await("the removal", () -> files(id).size() == 1);
        assertThat(operations(id)).allMatch(one -> one.status().equals("completed"));
        assertThat(operations(id).getLast().type()).isEqualTo("startup");
        assertThat(operations(id).getFirst().type()).isEqualTo("realtime");
    }

    @Test
    void whatOperatorsAskIsDoneByWhoeverKeepsTheRepository() throws Exception {
        // given
        UUID id = repository("photos");
        for (int i = 0; i < 20; i++) {
            Files.writeString(root("photos").resolve(i + ".jpg"), "content " + i);
        }
        instance("one");
        awaitVersion(id, "19.jpg", 1);
        SyncDesk desk = new SyncDesk(pool, quick());

        // when, then: a plan, held removals, a confirmation
        assertThat(desk.plan("photos").counts().hasChanges()).isFalse();
        for (int i = 0; i < 15; i++) {
            Files.delete(root("photos").resolve(i + ".jpg"));
        }
        await("the fuse", () -> !desk.operations("photos", "held", 1).isEmpty());
        assertThat(files(id)).hasSize(20);
        Plan plan = desk.plan("photos");
        assertThat(plan.held()).isTrue();
        assertThat(plan.counts().held()).isEqualTo(15);
        Operation held = desk.operations("photos", "held", 1).getFirst();
        desk.confirm(held.id());
        assertThat(files(id)).hasSize(5);
        assertThatThrownBy(() -> desk.confirm(held.id()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("holds nothing, it is completed");

        // and: an undone operation pauses the repository until somebody resumes it
        Operation undo = desk.undo(held.id());
        assertThat(undo.counts().added()).isEqualTo(15);
        assertThat(files(id)).hasSize(20);
        assertThatThrownBy(() -> desk.scan("photos"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("./darkroom sync resume photos");
        assertThat(desk.repository("photos").paused()).contains("was undone");
        desk.resume("photos");
        await("the next scan", () -> !desk.operations("photos", "held", 1).isEmpty());
        assertThatThrownBy(() -> desk.repository("nowhere"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("there is no repository nowhere");
    }

    @Test
    void repositoriesComeChangeAndGoWhileItRuns() throws Exception {
        // given
        FolderSync one = instance("one");
        UUID id = repository("photos");
        Files.writeString(root("photos").resolve("a.jpg"), "a");
        awaitVersion(id, "a.jpg", 1);

        // when, then
        admin.sql("update repositories set ignore_patterns = '{*.tiff}'").update();
        await("the new patterns", () -> operations(id).size() >= 2);
        Files.writeString(root("photos").resolve("b.tiff"), "b");
        Files.writeString(root("photos").resolve("c.jpg"), "c");
        awaitVersion(id, "c.jpg", 1);
        assertThat(files(id)).doesNotContainKey("b.tiff");
        admin.sql("update repositories set watched = false").update();
        await("nobody to keep it", () -> one.kept().isEmpty());
    }

    @Test
    void severalInstancesShareRepositoriesAndTakeOverWhatOneLeaves() throws Exception {
        // given
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(repository("photos-" + i));
        }
        FolderSync one = instance("one");
        await("all repositories", () -> one.kept().size() == 4);
        FolderSync two = instance("two");

        // when, then
        await("half of them", () -> two.kept().size() == 2 && one.kept().size() == 2);
        one.close();
        await("the others", () -> two.kept().size() == 4);
        Files.writeString(root("photos-3").resolve("a.jpg"), "a");
        awaitVersion(ids.get(3), "a.jpg", 1);
    }

    @Test
    void aKilledInstanceIsTakenOverAndAStoppedOneWritesNothingMore() throws Exception {
        // given
        UUID id = repository("photos");
        for (int i = 0; i < 200; i++) {
            Files.writeString(root("photos").resolve(i + ".jpg"), "content " + i);
        }
        SyncProcess first = SyncProcess.start(database, folder.resolve("children.log"));
        open.add(first);
        await("the first", () -> holder(id).equals("process-" + first.pid()));
        awaitVersion(id, "199.jpg", 1);
        Map<String, Long> before = files(id);

        // when: stopped in the middle of its life
        first.signal("STOP");
        long stopped = System.nanoTime();
        SyncProcess second = SyncProcess.start(database, folder.resolve("children.log"));
        open.add(second);
        await("the second", () -> holder(id).equals("process-" + second.pid()));
        Duration takenOver = Duration.ofNanos(System.nanoTime() - stopped);
        Files.move(root("photos").resolve("0.jpg"), root("photos").resolve("zero.jpg"));
        awaitVersion(id, "zero.jpg", 1);
        first.signal("CONT");
        Files.writeString(root("photos").resolve("after.jpg"), "after");
        awaitVersion(id, "after.jpg", 1);

        // and: killed
        second.kill();
        long killed = System.nanoTime();
        await("the first again", () -> holder(id).equals("process-" + first.pid()));
        Duration again = Duration.ofNanos(System.nanoTime() - killed);
        Files.writeString(root("photos").resolve("last.jpg"), "last");
        awaitVersion(id, "last.jpg", 1);

        // then
        System.out.println("taken over after " + takenOver + " and " + again);
        assertThat(takenOver).isLessThan(Duration.ofSeconds(30));
        assertThat(again).isLessThan(Duration.ofSeconds(30));
        assertThat(files(id)).hasSize(202).containsEntry("zero.jpg", before.get("0.jpg"));
        assertThat(operations(id)).noneMatch(one -> one.status().equals("running"));
    }

    @Test
    void aScanThatWasKilledIsMarkedAndDoneAgain() throws Exception {
        // given
        UUID id = repository("photos");
        Files.writeString(root("photos").resolve("a.jpg"), "a");
        admin.sql(
                        """
                        insert into sync_operations (repository_id, operation_type, scan_generation)
                        values (:id, 'startup', 0)
                        """)
                .param("id", id)
                .update();

        // when
        instance("one");
        awaitVersion(id, "a.jpg", 1);

        // then
        Operation interrupted = operations(id).getLast();
        assertThat(interrupted.status()).isEqualTo("failed");
        assertThat(interrupted.error()).startsWith("interrupted");
        assertThat(operations(id).getFirst().status()).isEqualTo("completed");
    }

    static FolderProperties quick() {
        FolderProperties defaults = FolderProperties.defaults();
        return new FolderProperties(
                true,
                Duration.ofMillis(100),
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                1,
                defaults.undoFor());
    }

    private FolderSync instance(String name) {
        FolderSync instance = new FolderSync(pool, quick(), name);
        instance.start();
        open.add(instance);
        return instance;
    }

    private UUID repository(String name) throws IOException {
        Files.createDirectories(root(name));
        return admin.sql(
                        "insert into repositories (name, path, watched) values (:name, :path, true) returning repository_id")
                .param("name", name)
                .param("path", root(name).toString())
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();
    }

    private Path root(String name) {
        return folder.resolve(name);
    }

    private Map<String, Long> files(UUID id) {
        Map<String, Long> files = new TreeMap<>();
        admin.sql("select file_path, file_id from file_records where repository_id = :id")
                .param("id", id)
                .query((row, _) -> files.put(row.getString(1), row.getLong(2)))
                .list();
        return files;
    }

    private List<Operation> operations(UUID id) {
        return new Operations(admin).list(id, null, 100);
    }

    private String holder(UUID id) {
        return admin.sql(
                        "select coalesce(max(lease_holder), '') from repository_sync where repository_id = :id and lease_until > now()")
                .param("id", id)
                .query((row, _) -> row.getString(1))
                .single();
    }

    private void awaitVersion(UUID id, String path, long version) throws Exception {
        await(
                path + " in version " + version,
                () ->
                        admin.sql(
                                                "select count(*) from file_records where repository_id = :id and file_path = :path and content_version = :version")
                                        .param("id", id)
                                        .param("path", path)
                                        .param("version", version)
                                        .query((row, _) -> row.getLong(1))
                                        .single()
                                == 1);
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
