package dev.darkroom.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ONNX Runtime tells its makers that it was started, and what the command line was, unless it is
/// kept from it; and dies of a command line with a long class path.
class QuietRuntimeTest {
    @TempDir private Path home;

    /// Runs in a process of its own.
    public static final class Program {
        private Program() {}

        public static void main(String[] folder) {
            NativeLibraries.unpackInto(Path.of(folder[0]));
            Graph.environment();
            System.out.println("started");
        }
    }

    @Test
    void callsNobodyHome() throws Exception {
        Process process = start(System.getProperty("java.class.path"));

        assertThat(said(process)).endsWith("started");
        assertThat(process.waitFor()).isZero();
        try (Stream<Path> left = Files.walk(home)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void survivesALongClassPath() throws Exception {
        String folder = File.pathSeparator + home.resolve("classes");

        Process process = start(System.getProperty("java.class.path") + folder.repeat(500));

        assertThat(said(process)).endsWith("started");
        assertThat(process.waitFor()).isZero();
    }

    private Process start(String classPath) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + home,
                                "-XX:-UsePerfData",
                                "-cp",
                                classPath,
                                Program.class.getName(),
                                Path.of("target", "native").toAbsolutePath().toString()));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TMPDIR", home.toString());
        builder.environment().remove("ORT_DISABLE_TELEMETRY");
        builder.environment().remove("CI");
        return builder.redirectErrorStream(true).start();
    }

    private static String said(Process process) throws Exception {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
