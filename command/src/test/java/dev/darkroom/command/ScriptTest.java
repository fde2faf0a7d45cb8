package dev.darkroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The shell around the command.
class ScriptTest {
    /// Surefire runs in the module's folder.
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir private Path folder;

    private record Result(int code, String output) {}

    private static Result run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        for (String tool : List.of("java", "javac")) {
            Path file = home.resolve("bin").resolve(tool);
            Files.writeString(file, "#!/bin/sh\necho \"$0 $*\"\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Result findJava(String javaHome) throws IOException, InterruptedException {
        String script = ". " + HOME + "/command/find-java.sh; find_java && echo $JAVA_HOME";
        return run(Map.of("JAVA_HOME", javaHome, "HOME", folder.toString()), "sh", "-c", script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"darkroom", "command/find-java.sh", "command/native-packages.sh"})
    void isPlainShell(String script) throws Exception {
        assertThat(run(Map.of(), "sh", "-n", HOME.resolve(script).toString()))
                .isEqualTo(new Result(0, ""));
    }

    @Test
    void takesTheJdkOfJavaHome() throws Exception {
        Path home = jdk("jdk-25", "25.0.1");

        assertThat(findJava(home.toString())).isEqualTo(new Result(0, home + "\n"));
    }

    @Test
    void takesANewerOneToo() throws Exception {
        Path home = jdk("jdk-27", "27");

        assertThat(findJava(home.toString())).isEqualTo(new Result(0, home + "\n"));
    }

    @Test
    void passesOverAnOldJdk() throws Exception {
        Path home = jdk("jdk-17", "17.0.12");

        assertThat(findJava(home.toString()).output()).doesNotContain(home.toString());
    }

    @Test
    void findsItsFolderThroughLinks() throws Exception {
        // given: a checkout whose Maven says where it was called, and two links to its script
        Path checkout = Files.createDirectories(folder.resolve("check out"));
        Files.createDirectories(checkout.resolve("command"));
        for (String file :
                List.of("darkroom", "command/find-java.sh", "command/native-packages.sh")) {
            Files.copy(
                    HOME.resolve(file), checkout.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path maven = checkout.resolve("mvnw");
        Files.writeString(maven, "#!/bin/sh\necho \"$(pwd -P) $*\"\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("d"), Path.of("../check out/darkroom"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("dr"), link);

        Result result =
                run(
                        Map.of("JAVA_HOME", jdk("jdk-25", "25").toString()),
                        linkToLink.toString(),
                        "test",
                        "--no-install",
                        "--",
                        "-Dtest=X");

        assertThat(result.output()).endsWith(checkout.toRealPath() + " -B verify -Dtest=X\n");
    }
}
