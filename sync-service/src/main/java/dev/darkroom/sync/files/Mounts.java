package dev.darkroom.sync.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is mounted on the way to a folder and below it, as Linux lists it.
final class Mounts {
    private static final Path LIST = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT = 4;

    private Mounts() {}

    /// A line for each mount that a folder is in, or that is in it. Empty where there is no list.
    static Set<String> around(Path folder) throws IOException {
        if (!Files.exists(LIST)) {
            return Set.of();
        }
        String path = folder.toString();
        // Names of any bytes; only compared, never used as names.
        try (Stream<String> lines = Files.lines(LIST, StandardCharsets.ISO_8859_1)) {
            String inLatin =
                    new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return lines.filter(
                            line -> concerns(unescaped(line.split(" ", -1)[MOUNT_POINT]), inLatin))
                    .collect(Collectors.toSet());
        }
    }

    /// Space, tab, line feed and backslash are written as octal numbers.
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    private static boolean concerns(String mount, String folder) {
        return mount.equals("/")
                || mount.equals(folder)
                || mount.startsWith(folder + "/")
                || folder.startsWith(mount + "/");
    }
}
