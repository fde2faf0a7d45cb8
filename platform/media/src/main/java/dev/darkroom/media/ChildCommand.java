package dev.darkroom.media;

import dev.darkroom.media.child.Sandbox;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command line and environment of a child: this JVM's own `java`, with everything else taken
/// away.
///
/// @param program the class that it runs
record ChildCommand(
        MediaOptions options,
        Confinement confinement,
        StartArchive archive,
        List<Path> classes,
        String program) {

    /// Where the Java that runs us has it, pictures are made smaller several pixels at a time.
    private static final String VECTORS = "jdk.incubator.vector";

    /// The millions of pixels that go by until then.
    private static final String VECTORS_AFTER = "darkroom.media.vectors-after";

    private static final int MANY_MEGAPIXELS = 600;

    /// Vectors that are not compiled well are slower than none.
    private static final int NEVER = Integer.MAX_VALUE;

    /// Lets the child take SVG drawings for photos.
    private static final String SVG = "darkroom.media.svg";

    /// Its folder is one that a child may read.
    private static final String ARCHIVES = "darkroom.media.archives";

    private static final String LITTLE_COMPILING = "-XX:TieredStopAtLevel=1";

    /// The first life is over in a moment, too soon for code that is compiled well.
    private static final List<String> FIRST_LIFE =
            List.of("-Xmx32m", "-XX:+UseSerialGC", LITTLE_COMPILING);

    private static final List<String> SECOND_LIFE =
            List.of(
                    "-Xms16m", // what the heap does not use is there for native decoders
                    "-XX:+UseSerialGC",
                    "-XX:MaxMetaspaceSize=160m",
                    "-XX:MaxDirectMemorySize=64m",
                    "-XX:+DisableAttachMechanism",
                    "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                    "-Dslf4j.internal.verbosity=ERROR",
                    "-Djava.awt.headless=true");

    /// What the virtual machine has to say about its archive goes to nobody: it starts without.
    private static final List<String> ANY_LIFE =
            List.of(
                    "-XX:-UsePerfData",
                    "-XX:-CreateCoredumpOnCrash",
                    "-Xshare:auto",
                    "-Xlog:disable",
                    "-Xlog:all=error,cds*=off,aot*=off:stderr",
                    "--enable-native-access=ALL-UNNAMED");

    static ChildCommand of(MediaOptions options, String program) {
        List<Path> classes = ChildClasses.places(program);
        StartArchive archive = new StartArchive(CacheFolder.path(), classes);
        archive.touch();
        return new ChildCommand(options, Confinement.of(options), archive, classes, program);
    }

    /// @param scratch the folder of its own
    /// @param sandboxed whether it shall give its rights away before it does anything else
    /// @param door where it knocks to be handed files; null when it opens them itself
    ProcessBuilder in(Path scratch, Haste haste, boolean sandboxed, @Nullable Path door) {
        List<String> command = new ArrayList<>(confinement.prefix());
        Path made = archive.file();
        List<String> start = made == null ? List.of() : List.of("-XX:SharedArchiveFile=" + made);
        if (sandboxed) {
            command.addAll(java(scratch));
            command.addAll(FIRST_LIFE);
            command.addAll(start);
            command.add("-D" + ARCHIVES + "=" + archive.folder());
            command.add(Sandbox.class.getName());
        }
        command.addAll(java(scratch));
        command.addAll(secondLife(haste));
        command.addAll(start);
        command.add(program);
        ProcessBuilder builder = confined(command, scratch);
        if (sandboxed) {
            builder.environment().put(Sandbox.SCRATCH, scratch.toString());
            if (door != null) {
                builder.environment().put(Sandbox.DOOR, door.toString());
            }
        }
        return builder;
    }

    /// The same virtual machine as in a child, without a class to run.
    ProcessBuilder rehearsal(Path scratch) {
        List<String> command = new ArrayList<>(java(scratch));
        command.addAll(secondLife(Haste.PRACTISES));
        return confined(command, scratch);
    }

    private List<String> java(Path scratch) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ANY_LIFE);
        words.add("-XX:ErrorFile=" + scratch.resolve("crash.log"));
        words.add("-Djava.io.tmpdir=" + scratch);
        words.add(FfmpegLibraries.option(options.nativeDecoders()));
        words.addAll(List.of("-cp", ChildClasses.path(classes)));
        return words;
    }

    private List<String> secondLife(Haste haste) {
        List<String> words = new ArrayList<>(SECOND_LIFE);
        words.add("-Xmx" + options.heapBytes());
        words.add("-Ddarkroom.media.memory=" + options.memoryLimitBytes());
        if (options.svg()) {
            words.add("-D" + SVG + "=true");
        }
        if (ModuleFinder.ofSystem().find(VECTORS).isPresent()) {
            words.addAll(List.of("--add-modules", VECTORS));
            words.add("-D" + VECTORS_AFTER + "=" + vectorsAfter(haste));
        }
        if (haste == Haste.HURRIES) {
            words.add(LITTLE_COMPILING);
        }
        return words;
    }

    private static int vectorsAfter(Haste haste) {
        return switch (haste) {
            case PRACTISES -> 0;
            case HURRIES -> NEVER;
            default -> MANY_MEGAPIXELS;
        };
    }

    private static ProcessBuilder confined(List<String> command, Path scratch) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        String libraries = environment.get("LD_LIBRARY_PATH");
        environment.clear();
        environment.put("PATH", path);
        if (libraries != null) {
            environment.put("LD_LIBRARY_PATH", libraries);
        }
        environment.put("HOME", scratch.toString());
        environment.put("TMPDIR", scratch.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("VIPS_BLOCK_UNTRUSTED", "1");
        environment.put("VIPS_CONCURRENCY", "1");
        // Set at all: warnings are silent, errors reach us by its error buffer.
        environment.put("VIPS_WARNING", "0");
        return builder;
    }
}
