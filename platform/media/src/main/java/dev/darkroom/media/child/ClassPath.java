package dev.darkroom.media.child;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/// Where a virtual machine finds its classes: what its class path names, and what the jars there
/// name in their manifests. `java -jar` has one jar on its class path, and everything behind it.
final class ClassPath {
    private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

    private ClassPath() {}

    /// Files and folders, whether or not they are there.
    static Set<Path> places(String classPath) {
        Set<Path> places = new LinkedHashSet<>();
        Deque<Path> open = new ArrayDeque<>();
        SEPARATOR.splitAsStream(classPath).map(Path::of).forEach(open::add);
        while (!open.isEmpty()) {
            Path place = open.remove().toAbsolutePath().normalize();
            if (places.add(place) && Files.isRegularFile(place)) {
                open.addAll(namedBy(place));
            }
        }
        return places;
    }

    /// A file that is no jar, or a broken one, names nothing: the virtual machine passes over it
    /// too.
    private static List<Path> namedBy(Path jar) {
        List<Path> named = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String names =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (names == null) {
                return named;
            }
            for (String name : names.trim().split("\\s+", -1)) {
                URI place = jar.toUri().resolve(name);
                if ("file".equals(place.getScheme())) {
                    named.add(Path.of(place));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return named;
        }
        return named;
    }
}
