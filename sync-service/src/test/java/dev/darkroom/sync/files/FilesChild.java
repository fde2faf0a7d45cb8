package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A Java of its own in which a test walks or watches as somebody else: another user, another mount
/// namespace, with other limits.
final class FilesChild {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    /// What a child has said, and how it ended.
    record Answer(int exit, List<String> lines) {}

    private FilesChild() {}

    /// Does as the first argument says.
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path root = Path.of(args[1]);
        switch (args[0]) {
            case "walk" -> walk(root, TreeWalk.Way.valueOf(args[2]), out);
            case "watch" -> watch(root, out);
            case "mount" -> mount(root, Path.of(args[2]), args[3], out);
            case "state" ->
                    out.println(
                            new RepositoryRoot(root)
                                    .state(UUID.fromString(args[2]), true, Optional.empty())
                                    .getClass()
                                    .getSimpleName());
            default -> throw new IllegalArgumentException("unknown: " + args[0]);
        }
    }

    private static void walk(Path root, TreeWalk.Way way, PrintStream out)
            throws InterruptedException {
        Walked walked = new Walked();
        TreeWalk.of(root, IgnoreRules.builtIn(), way).walk(walked);
        walked.files.forEach((path, stat) -> out.println("file " + path + " " + stat.inode()));
        walked.unreadable.forEach(
                (path, reason) -> out.println("unreadable " + path + ": " + reason));
        walked.skipped.forEach((path, why) -> out.println("skipped " + path + " " + why));
        walked.mountPoints.forEach(path -> out.println("mount point " + path));
    }

    /// Mounts a folder on another that is watched, and then makes a file in it.
    private static void mount(Path root, Path other, String name, PrintStream out)
            throws Exception {
        try (Watch watch = Watch.start(root, IgnoreRules.builtIn(), SHORT, SHORT)) {
            works("mount", "--bind", other.toString(), root.resolve(name).toString());
            Changes mounted = watch.poll(PATIENCE).orElseThrow();
            Files.createFile(other.resolve("photo.jpg"));
            Changes changed = watch.poll(PATIENCE).orElseThrow();
            out.println("everything " + mounted.everything());
            out.println("changed " + changed.files());
        }
    }

    /// Says what it is told, until the file `end` is there.
    private static void watch(Path root, PrintStream out) throws Exception {
        try (Watch watch = Watch.start(root, IgnoreRules.builtIn(), SHORT, SHORT)) {
            out.println("watching");
            while (true) {
                Changes changes = watch.poll(PATIENCE).orElseThrow();
                changes.unwatched().forEach(u -> out.println("unwatched " + u.folder()));
                changes.limit().ifPresent(limit -> out.println("limit " + limit.message()));
                changes.files().forEach(file -> out.println("changed " + file));
                changes.folders().forEach(changed -> out.println("changed " + changed));
                if (changes.everything()) {
                    out.println("everything");
                }
                changes.ended().ifPresent(reason -> out.println("ended " + reason));
                if (changes.ended().isPresent() || changes.files().contains(new FilePath("end"))) {
                    return;
                }
            }
        } catch (IOException refused) {
            out.println("refused " + refused.getMessage());
        }
    }

    /// The classes that a child needs, where every user can read them.
    static Path classes(Path folder) throws IOException, URISyntaxException {
        Path copy = Files.createDirectory(folder.resolve("classes"));
        // From a folder or a jar, as the build has it.
        copy(resource(FilePath.class), FilePath.class, "FilePath.class", copy);
        for (Class<?> type : List.of(TreeWalk.class, FilesChild.class)) {
            Path file = Path.of(resource(type).toURI());
            try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
                for (Path source : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                    copy(source.toUri().toURL(), type, source.getFileName().toString(), copy);
                }
            }
        }
        makeReadable(folder);
        return copy;
    }

    private static URL resource(Class<?> type) {
        return Objects.requireNonNull(type.getResource(type.getSimpleName() + ".class"));
    }

    private static void copy(URL source, Class<?> type, String name, Path classes)
            throws IOException {
        Path target =
                Files.createDirectories(classes.resolve(type.getPackageName().replace('.', '/')));
        try (InputStream in = source.openStream()) {
            Files.copy(in, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void makeReadable(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(
                        file,
                        PosixFilePermissions.fromString(
                                Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /// Runs it.
    ///
    /// @param before a command that runs the rest of its arguments, like `setpriv`
    static Answer run(Path classes, List<String> before, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(java(classes));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        process.waitFor();
        return new Answer(process.exitValue(), lines);
    }

    /// The command that starts this class.
    static List<String> java(Path classes) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classes.toString(),
                FilesChild.class.getName());
    }

    /// Whether a command works here.
    static boolean works(String... command) throws InterruptedException {
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
