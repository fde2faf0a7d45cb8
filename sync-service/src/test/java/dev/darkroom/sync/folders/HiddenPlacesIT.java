package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.sync.folders.records.Operations.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole instances where not everything can be seen: closed folders, disks that come and go, too
/// few watches; and one that is killed while it writes.
class HiddenPlacesIT {
    @TempDir Path folder;
    private Neighbourhood here;

    @BeforeEach
    void prepare() throws SQLException {
        here = new Neighbourhood(folder);
    }

    @AfterEach
    void close() throws Exception {
        if (Files.exists(photos().resolve("closed"))) {
            permit(photos().resolve("closed"), "rwxr-xr-x");
        }
        here.close();
    }

    @Test
    void aFolderThatIsClosedForAWhileLosesNothingAndIsFollowedAgain() throws Exception {
        // given
        UUID id = here.repository("photos");
        write("closed/a.jpg", "a");
        write("open/b.jpg", "b");
        here.admin.sql("update repositories set delete_fuse_percent = 100").update();
        OtherUser.takes(photos(), () -> here.instance("one"));
        here.awaitVersion(id, "closed/a.jpg", 1);
        here.awaitVersion(id, "open/b.jpg", 1);
        Map<String, Long> before = here.files(id);

        // when
        permit(photos().resolve("closed"), "---------");
        Files.delete(photos().resolve("open/b.jpg"));
        Neighbourhood.await("the removal", () -> here.files(id).size() == 1);
        Operation scan = scan(id);

        // then
        assertThat(scan.status()).isEqualTo("completed");
        assertThat(scan.error()).contains("closed").contains("nothing below was removed");
        assertThat(scan.counts().unreadable()).isEqualTo(1);
        assertThat(here.files(id)).containsEntry("closed/a.jpg", before.get("closed/a.jpg"));

        // when: it is open again, and what happened meanwhile is found
        write("closed/c.jpg", "c");
        permit(photos().resolve("closed"), "rwxr-xr-x");

        // then
        here.awaitVersion(id, "closed/c.jpg", 1);
        assertThat(here.files(id)).containsEntry("closed/a.jpg", before.get("closed/a.jpg"));
    }

    @Test
    void whatIsMountedIsFollowedAndNotMissedWhenItIsNotThere() throws Exception {
        assumeTrue(
                works("unshare", "-Urm", "mount", "--bind", "/tmp", "/tmp"),
                "nobody may mount here, so mounts cannot be tried");
        // given: a disk in the folder, and another one in that
        UUID id = here.repository("photos");
        here.admin.sql("update repositories set delete_fuse_percent = 100").update();
        write("own.jpg", "own");
        write("mounted/beneath.jpg", "beneath");
        Files.createDirectories(folder.resolve("disk/inner"));
        Files.createDirectories(folder.resolve("inner-disk"));
        Files.writeString(folder.resolve("disk/a.jpg"), "on the disk");
        Files.writeString(folder.resolve("inner-disk/b.jpg"), "on the inner disk");
        here.process(
                namespace(
                        "-Urm",
                        "mount --bind disk photos/mounted"
                                + " && mount --bind inner-disk photos/mounted/inner",
                        "umount -R photos/mounted"));
        here.awaitVersion(id, "mounted/inner/b.jpg", 1);
        here.awaitVersion(id, "own.jpg", 1);
        assertThat(here.files(id))
                .containsOnlyKeys("mounted/a.jpg", "mounted/inner/b.jpg", "own.jpg");
        Map<String, Long> before = here.files(id);

        // when, then: something changes on the inner disk
        Files.writeString(folder.resolve("inner-disk/c.jpg"), "later");
        here.awaitVersion(id, "mounted/inner/c.jpg", 1);

        // when: both are unmounted
        Files.createFile(folder.resolve("go"));
        Neighbourhood.await("the umount", () -> Files.exists(folder.resolve("gone")));
        Operation scan = scan(id);

        // then
        assertThat(scan.status()).isEqualTo("completed");
        assertThat(scan.error())
                .contains("not mounted: mounted, mounted/inner; nothing below was removed");
        assertThat(here.files(id)).containsAllEntriesOf(before).containsKey("mounted/inner/c.jpg");
    }

    @Test
    void whatTheSystemDoesNotLetUsWatchIsLookedAtInsteadAndSaid() throws Exception {
        String limit = "echo 4 > /proc/sys/user/max_inotify_watches";
        assumeTrue(
                works("unshare", "-Ur", "sh", "-c", limit),
                "no user namespace may be made here, so limits cannot be tried");
        // given
        UUID id = here.repository("photos");
        for (int i = 0; i < 8; i++) {
            write("folder-" + i + "/old.jpg", "old " + i);
        }
        here.process(namespace("-Ur", limit, "true"));
        here.awaitVersion(id, "folder-7/old.jpg", 1);

        // when
        for (int i = 0; i < 8; i++) {
            write("folder-" + i + "/new.jpg", "new " + i);
        }

        // then
        for (int i = 0; i < 8; i++) {
            here.awaitVersion(id, "folder-" + i + "/new.jpg", 1);
        }
        Neighbourhood.await(
                "what the instance says",
                () ->
                        Files.readAllLines(here.log()).stream()
                                .anyMatch(
                                        line ->
                                                line.startsWith(SyncProcess.PROBLEM)
                                                        && line.contains("max_inotify_watches")
                                                        && line.contains("looked at every 1 s")));
    }

    @Test
    void anOperationThatIsKilledWhileItWritesIsDoneAgainByTheNext() throws Exception {
        // given: rows of a first life
        UUID id = here.repository("photos");
        for (int i = 0; i < 100; i++) {
            write("a/" + i + ".jpg", "content " + i);
        }
        SyncProcess first = here.process(List.of());
        here.awaitVersion(id, "a/99.jpg", 1);
        Map<String, Long> before = here.files(id);

        try (Connection gate = gate()) {
            // when: an operation waits to write what it found, and is killed there
            Files.move(photos().resolve("a"), photos().resolve("b"));
            for (int i = 0; i < 100; i++) {
                write("c/" + i + ".jpg", "new " + i);
            }
            Neighbourhood.await("a write that waits", this::somebodyWaitsToWrite);
            first.kill();
            gate.rollback();
        }
        here.instance("second");

        // then
        here.awaitVersion(id, "c/99.jpg", 1);
        Neighbourhood.await("all of them", () -> here.files(id).size() == 200);
        Map<String, Long> after = here.files(id);
        for (int i = 0; i < 100; i++) {
            assertThat(after).containsEntry("b/" + i + ".jpg", before.get("a/" + i + ".jpg"));
        }
        assertThat(here.operations(id)).noneMatch(one -> one.status().equals("running"));
    }

    @Test
    void oldOperationsAreForgottenAfterAScan() throws Exception {
        // given
        UUID id = here.repository("photos");
        write("a.jpg", "a");
        here.admin
                .sql(
                        """
                        insert into sync_operations (repository_id, operation_type, scan_generation, status,
                            start_time, end_time)
                        select :id, 'realtime', 0, 'completed', now() - interval '200 days', now() - interval '200 days'
                        from generate_series(1, 60)
                        """)
                .param("id", id)
                .update();

        // when
        here.instance("one");
        here.awaitVersion(id, "a.jpg", 1);

        // then
        Neighbourhood.await("the newest fifty", () -> here.operations(id).size() <= 50);
        assertThat(here.operations(id).getFirst().counts().added()).isEqualTo(1);
    }

    private Operation scan(UUID id) throws Exception {
        long number = new SyncDesk(here.pool, Neighbourhood.quick()).scan(id.toString()).id();
        Neighbourhood.await("the scan", () -> !operation(id, number).status().equals("running"));
        return operation(id, number);
    }

    private Operation operation(UUID id, long number) {
        return here.operations(id).stream()
                .filter(one -> one.id() == number)
                .findFirst()
                .orElseThrow();
    }

    /// While it is open nobody writes rows of files.
    private Connection gate() throws SQLException {
        Connection gate =
                DriverManager.getConnection(
                        here.database.address().jdbcUrl(),
                        here.database.admin().user(),
                        here.database.admin().password());
        gate.setAutoCommit(false);
        try (var statement = gate.createStatement()) {
            statement.execute("lock table file_records in share mode");
        }
        return gate;
    }

    private boolean somebodyWaitsToWrite() {
        return here.admin
                .sql(
                        """
                        select exists (
                            select from pg_locks
                            where database = (select oid from pg_database where datname = current_database())
                                and relation = 'file_records'::regclass and not granted)
                        """)
                .query(Boolean.class)
                .single();
    }

    /// A shell in a namespace that does one thing, then runs what follows; and once the file `go`
    /// is there does another, and makes the file `gone`.
    private List<String> namespace(String kind, String first, String later) {
        String script =
                "cd '%s' && { %s; } || exit 1\n".formatted(folder, first)
                        + "{ for i in $(seq 1200); do [ -e go ] && break; sleep 0.05; done\n"
                        + "for i in $(seq 100); do %s && break; sleep 0.05; done; touch gone; } >&2 &\n"
                                .formatted(later)
                        + "exec \"$@\"";
        return List.of("unshare", kind, "sh", "-c", script, "sh");
    }

    private Path photos() {
        return here.root("photos");
    }

    private void write(String path, String content) throws IOException {
        Path file = photos().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /// Whether a command works here.
    private static boolean works(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            // It is not installed.
            return false;
        }
    }
}
