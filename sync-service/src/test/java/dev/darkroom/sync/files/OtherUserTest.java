package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What only another user, another mount namespace or other limits of the system can show; in a
/// Java of its own.
class OtherUserTest {
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir Path folder;
    private Path root = Path.of("");
    private Path classes = Path.of("");

    @BeforeEach
    void makeRoot() throws Exception {
        assumeTrue(Linux.isHere(), "this is no Linux");
        root = Files.createDirectory(folder.resolve("root"));
        classes = FilesChild.classes(folder);
    }

    @AfterEach
    void makeRemovable() throws Exception {
        if (Files.exists(root.resolve("closed"))) {
            permit(root.resolve("closed"), "rwxr-xr-x");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsAFolderThatItMayNotReadAndGoesOn(TreeWalk.Way way) throws Exception {
        make("a/1.jpg");
        make("closed/2.jpg");
        make("z/3.jpg");
        permit(root.resolve("closed"), "-wx--x--x");

        FilesChild.Answer answer = asNobody("walk", root.toString(), way.name());

        assertThat(answer.lines())
                .filteredOn(line -> line.startsWith("unreadable"))
                .containsExactly("unreadable closed: permission denied");
        assertThat(answer.lines()).filteredOn(line -> line.startsWith("file")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void tellsEachFileOfAFolderWhoseNamesItMayReadAndNothingElse(TreeWalk.Way way)
            throws Exception {
        make("closed/2.jpg");
        make("z/3.jpg");
        permit(root.resolve("closed"), "r--r--r--");

        FilesChild.Answer answer = asNobody("walk", root.toString(), way.name());

        assertThat(answer.lines())
                .filteredOn(line -> line.startsWith("unreadable closed"))
                .hasSize(1)
                .allMatch(line -> line.endsWith("permission denied"));
        assertThat(answer.lines()).filteredOn(line -> line.startsWith("file")).hasSize(1);
    }

    @Test
    void saysThatAnUnreadableFolderIsNotWatched() throws Exception {
        make("closed/2.jpg");
        permit(root.resolve("closed"), "--x--x--x");

        assertThat(watchUntilEnd(asNobodyUnlessWeAre())).contains("unwatched closed");
    }

    @Test
    void followsABindMountAndSaysSoButNotInCircles() throws Exception {
        assumeTrue(
                FilesChild.works("unshare", "-Urm", "mount", "--bind", "/tmp", "/tmp"),
                "nobody may mount here, so bind mounts cannot be tried");
        make("a/1.jpg");
        make("mounted/beneath.jpg");
        make("circle/beneath.jpg");
        Files.createDirectory(folder.resolve("other"));
        Files.createFile(folder.resolve("other/2.jpg"));

        FilesChild.Answer answer =
                FilesChild.run(
                        classes,
                        shell("-Urm", "mount --bind ../other mounted && mount --bind . circle"),
                        "walk",
                        root.toString(),
                        "LINUX");

        assertThat(
                        answer.lines().stream()
                                .filter(l -> l.startsWith("file"))
                                .map(l -> l.split(" ", -1)[1]))
                .containsExactly("a/1.jpg", "mounted/2.jpg");
        assertThat(answer.lines()).contains("skipped circle MOUNT_LOOP", "mount point mounted");
    }

    @Test
    void noticesThatSomethingIsMountedInTheTree() throws Exception {
        assumeTrue(
                FilesChild.works("unshare", "-Urm", "mount", "--bind", "/tmp", "/tmp"),
                "nobody may mount here, so bind mounts cannot be tried");
        make("mounted/beneath.jpg");
        Files.createDirectory(folder.resolve("other"));

        List<String> lines =
                FilesChild.run(
                                classes,
                                List.of("unshare", "-Urm"),
                                "mount",
                                root.toString(),
                                folder.resolve("other").toString(),
                                "mounted")
                        .lines();

        assertThat(lines).containsExactly("everything true", "changed [mounted/photo.jpg]");
    }

    @Test
    void anUnmountedRootIsKnownByItsMarkerThatIsMissing() throws Exception {
        assumeTrue(
                FilesChild.works("unshare", "-Urm", "mount", "--bind", "/tmp", "/tmp"),
                "nobody may mount here, so bind mounts cannot be tried");
        make("beneath.jpg");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Files.createFile(disk.resolve("photo.jpg"));
        UUID id = UUID.randomUUID();
        new RepositoryRoot(disk).mark(id);

        List<String> mounted =
                FilesChild.run(
                                classes,
                                shell("-Urm", "mount --bind ../disk ."),
                                "state",
                                root.toString(),
                                id.toString())
                        .lines();
        List<String> unmounted =
                FilesChild.run(classes, List.of(), "state", root.toString(), id.toString()).lines();

        assertThat(mounted).containsExactly("Present");
        assertThat(unmounted).containsExactly("Unmounted");
    }

    @Test
    void saysWhichFoldersAreNotWatchedWhenTheSystemAllowsNoMore() throws Exception {
        assumeTrue(mayLimit(), "no user namespace may be made here, so limits cannot be tried");
        for (int i = 0; i < 10; i++) {
            make("folder" + i + "/photo.jpg");
        }

        List<String> lines =
                watchUntilEnd(shell("-Ur", "echo 4 > /proc/sys/user/max_inotify_watches"));

        assertThat(lines).filteredOn(line -> line.startsWith("unwatched folder")).hasSize(7);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("limit"))
                .singleElement()
                .asString()
                .contains("no more than 4 inotify watches", "user.max_inotify_watches", "4 folders")
                .contains("7 and what is below");
    }

    @Test
    void isRefusedWhenTheSystemAllowsNoMoreInstances() throws Exception {
        assumeTrue(mayLimit(), "no user namespace may be made here, so limits cannot be tried");
        List<String> lines =
                FilesChild.run(
                                classes,
                                shell("-Ur", "echo 0 > /proc/sys/user/max_inotify_instances"),
                                "watch",
                                root.toString())
                        .lines();

        assertThat(lines).singleElement().asString().contains("max_user_instances");
    }

    private static boolean mayLimit() throws InterruptedException {
        return FilesChild.works(
                "unshare", "-Ur", "sh", "-c", "echo 4 > /proc/sys/user/max_inotify_watches");
    }

    /// Watches until the file `end` appears.
    private List<String> watchUntilEnd(List<String> before) throws Exception {
        Process process =
                new ProcessBuilder(
                                Stream.of(
                                                before,
                                                FilesChild.java(classes),
                                                List.of("watch", root.toString()))
                                        .flatMap(List::stream)
                                        .toList())
                        .redirectErrorStream(true)
                        .start();
        try (var in = process.inputReader()) {
            assertThat(in.readLine()).isEqualTo("watching");
            make("end");
            return in.lines().toList();
        }
    }

    private FilesChild.Answer asNobody(String... arguments) throws Exception {
        return FilesChild.run(classes, asNobodyUnlessWeAre(), arguments);
    }

    /// root may read everything, so somebody else has to.
    private List<String> asNobodyUnlessWeAre() throws Exception {
        if (!Files.isReadable(root.resolve("closed"))
                || !Files.isExecutable(root.resolve("closed"))) {
            return List.of();
        }
        assumeTrue(
                FilesChild.works(
                        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true"),
                "whoever tests may read everything here and cannot become somebody else");
        return NOBODY;
    }

    /// Runs a command in the root, in a namespace, and then what follows.
    private List<String> shell(String namespace, String command) {
        return List.of(
                "unshare",
                namespace,
                "sh",
                "-c",
                "cd '" + root + "' && { " + command + "; } && exec \"$@\"",
                "sh");
    }

    private void make(String path) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.createFile(file);
    }

    private static void permit(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
