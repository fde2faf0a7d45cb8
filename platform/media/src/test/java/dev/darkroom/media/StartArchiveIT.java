package dev.darkroom.media;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.child.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Children start from an archive of their classes once it is there, and without it as well.
class StartArchiveIT {

    private static final MediaOptions OPTIONS = MediaOptions.defaults().withProcesses(1);

    @TempDir private Path directory;

    @Test
    void aChildStartsFromTheArchiveOnceItIsMadeAndWithoutItWhenItIsBroken() throws Exception {
        List<Path> classes = new ArrayList<>();
        for (Path place : ChildClasses.places(Main.class.getName())) {
            classes.add(Files.isDirectory(place) ? jar(place) : place);
        }
        StartArchive archive = new StartArchive(directory, classes);
        ChildCommand command =
                new ChildCommand(
                        OPTIONS, Confinement.of(OPTIONS), archive, classes, Main.class.getName());
        assertThat(archive.file()).isNull();
        try (Cradle cradle = new Cradle(command)) {
            cradle.makeArchive();

            Path made = requireNonNull(archive.file());

            assertThat(filesOfAChild(cradle)).contains(made.toString());
            assertThat(directory).isDirectoryNotContaining("glob:**.new");

            Files.writeString(made, "no archive");

            assertThat(filesOfAChild(cradle)).doesNotContain(made.toString());
        }
    }

    /// An archive can be made of jars only, and a build has its classes in a folder.
    private Path jar(Path folder) throws IOException {
        Path jar = directory.resolve("classes.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    /// What a warm child has mapped into its memory.
    private static String filesOfAChild(Cradle cradle) throws Exception {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                ChildProcess child =
                        ChildProcess.start(
                                OPTIONS, Duty.OUR_FORMATS, clock, cradle, "child", Haste.USUAL)) {
            return Files.readString(Path.of("/proc", Long.toString(child.pid()), "maps"));
        }
    }
}
