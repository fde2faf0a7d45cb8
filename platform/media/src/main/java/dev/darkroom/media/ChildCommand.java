package dev.darkroom.media;

import dev.darkroom.media.child.Sandbox;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// The command line and environment of a child: this JVM's own `java` and class path, with
/// everything else taken away.
final class ChildCommand {

    /// Where the Java that runs us has it, pictures are made smaller several pixels at a time.
    private static final String VECTORS = "jdk.incubator.vector";

    private static final String BOOT_LOADER = "org.springframework.boot.loader.";

    private ChildCommand() {}

    /// @param program the class to run
    /// @param scratch the folder of its own
    /// @param sandboxed whether it shall give its rights away before it does anything else
    /// @param door where it knocks to be handed files; null when it opens them itself
    static ProcessBuilder of(
            MediaOptions options,
            Confinement confinement,
            String program,
            Path scratch,
            boolean sandboxed,
            @Nullable Path door) {
        // Logging is off: a service's configuration on the class path would make the child write
        // the service's log files.
        List<String> command = new ArrayList<>(confinement.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + options.heapBytes());
        command.add("-Xms16m"); // what the heap does not use is there for native decoders
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:MaxMetaspaceSize=160m",
                        "-XX:MaxDirectMemorySize=64m",
                        "-XX:-UsePerfData",
                        "-XX:+DisableAttachMechanism",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + scratch.resolve("crash.log"),
                        "-Xshare:auto",
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-Djava.awt.headless=true",
                        "-Djava.io.tmpdir=" + scratch));
        if (ModuleFinder.ofSystem().find(VECTORS).isPresent()) {
            command.addAll(List.of("--add-modules", VECTORS, "-Ddarkroom.media.vectors=true"));
        }
        command.add(FfmpegLibraries.option(options.nativeDecoders()));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(main(program));
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        String libraries = environment.get("LD_LIBRARY_PATH");
        environment.clear();
        environment.put("PATH", path);
        if (libraries != null) {
            environment.put("LD_LIBRARY_PATH", libraries);
        }
        if (sandboxed) {
            environment.put(Sandbox.SCRATCH, scratch.toString());
            if (door != null) {
                environment.put(Sandbox.DOOR, door.toString());
            }
        }
        environment.put("HOME", scratch.toString());
        environment.put("TMPDIR", scratch.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("VIPS_BLOCK_UNTRUSTED", "1");
        environment.put("VIPS_CONCURRENCY", "1");
        environment.put(
                "VIPS_WARNING",
                "0"); // set at all: warnings are silent, errors reach us by its error buffer
        return builder;
    }

    /// Inside a Spring Boot jar the classes lie in nested jars, which only Boot's own launcher can
    /// open.
    private static List<String> main(String program) {
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            try (JarFile jar = new JarFile(classPath)) {
                Manifest manifest = jar.getManifest();
                String main =
                        manifest == null
                                ? null
                                : manifest.getMainAttributes().getValue("Main-Class");
                if (main != null && main.startsWith(BOOT_LOADER)) {
                    return List.of(
                            "-Dloader.main=" + program, BOOT_LOADER + "launch.PropertiesLauncher");
                }
            } catch (IOException e) {
                throw new IllegalStateException(
                        "the class path of this JVM is not readable: " + classPath, e);
            }
        }
        return List.of(program);
    }
}
