package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.child.Main;
import dev.darkroom.media.child.Rehearsal;
import dev.darkroom.media.child.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A child's class path is a choice out of the service's.
class ChildClassesTest {

    /// The libraries whose every class may be met; others have parts that need what is not here.
    private static final List<String> FOLLOWED =
            List.of("dev/darkroom/", "com/drew/", "com/adobe/", "com/twelvemonkeys/");

    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> seen = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();

    @Test
    void everyClassThatAChildMeetsIsOnItsClassPath() throws Exception {
        List<Path> places = ChildClasses.places(Main.class.getName());
        URL[] urls = new URL[places.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = places.get(i).toUri().toURL();
        }
        try (URLClassLoader child =
                new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            List.of(Main.class, Sandbox.class, Rehearsal.class)
                    .forEach(one -> meet(one.getName().replace('.', '/')));
            while (!open.isEmpty()) {
                follow(child, open.remove());
            }
        }

        assertThat(seen).hasSizeGreaterThan(500);
        assertThat(missing).isEmpty();
    }

    private void meet(String name) {
        if (seen.add(name)) {
            open.add(name);
        }
    }

    private void follow(ClassLoader child, String name) throws IOException {
        try (InputStream bytes = child.getResourceAsStream(name + ".class")) {
            if (bytes == null) {
                missing.add(name);
            } else if (FOLLOWED.stream().anyMatch(name::startsWith)) {
                ClassFile.of()
                        .parse(bytes.readAllBytes())
                        .constantPool()
                        .forEach(
                                entry -> {
                                    if (entry instanceof ClassEntry other
                                            && !other.asInternalName().startsWith("[")) {
                                        meet(other.asInternalName());
                                    }
                                });
            }
        }
    }
}
