package dev.darkroom.media.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    @TempDir private Path folder;

    @Test
    void knowsWhatJarsNameInTheirManifests() throws IOException {
        Path program = jar("program.jar", "lib/one.jar lib/two%20words.jar");
        Path one = jar("lib/one.jar", "three.jar ../program.jar");

        assertThat(ClassPath.places(program + File.pathSeparator + folder.resolve("classes")))
                .containsExactlyInAnyOrder(
                        program,
                        folder.resolve("classes"),
                        one,
                        folder.resolve("lib/two words.jar"),
                        folder.resolve("lib/three.jar"));
    }

    @Test
    void passesOverWhatIsNoJar() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "Dear diary");

        assertThat(ClassPath.places(text.toString())).containsExactly(text);
    }

    private Path jar(String name, String classPath) throws IOException {
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
