package dev.darkroom.media;

import java.nio.file.Files;
import java.nio.file.Path;

/// What can be made again at any time lies here, for all services of this user.
final class CacheFolder {

    private CacheFolder() {}

    /// Beside what else Darkroom keeps: root's is the system's, since children may not be root.
    static Path path() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isBlank()) {
            return Path.of(xdg, "darkroom").toAbsolutePath();
        }
        String home = System.getProperty("user.home");
        return home.equals("/root") || !Files.isWritable(Path.of(home))
                ? Path.of("/var/cache/darkroom")
                : Path.of(home, ".cache", "darkroom").toAbsolutePath();
    }
}
