package dev.darkroom.embedded;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How the backends start.
///
/// @param postgresUrl a JDBC URL with `user` and `password`: that server is used and none is
///   started; null starts one
/// @param postgresPort TCP port of the started PostgreSQL; 0 takes a free one and remembers it
/// @param kafkaPort TCP port of the broker; 0 takes a free one and remembers it
/// @param durable whether what is acknowledged survives a power cut of the machine too (it always
///   survives the death of a process); false is faster and for tests
/// @param cacheFolder where downloaded and compiled software is kept between data folders
/// @param progress hears one sentence per step that may take a while
public record BackendOptions(
        @Nullable String postgresUrl,
        int postgresPort,
        int kafkaPort,
        boolean durable,
        Path cacheFolder,
        Consumer<String> progress) {

    public BackendOptions {
        Objects.requireNonNull(cacheFolder, "cacheFolder");
        Objects.requireNonNull(progress, "progress");
        requirePort("postgresPort", postgresPort);
        requirePort("kafkaPort", kafkaPort);
    }

    /// Durable engines on free ports, software cached per user, progress told to nobody.
    public static BackendOptions defaults() {
        return new BackendOptions(null, 0, 0, true, userCache(), step -> {});
    }

    public BackendOptions withPostgresUrl(@Nullable String url) {
        return new BackendOptions(url, postgresPort, kafkaPort, durable, cacheFolder, progress);
    }

    public BackendOptions withPostgresPort(int port) {
        return new BackendOptions(postgresUrl, port, kafkaPort, durable, cacheFolder, progress);
    }

    public BackendOptions withKafkaPort(int port) {
        return new BackendOptions(postgresUrl, postgresPort, port, durable, cacheFolder, progress);
    }

    public BackendOptions withDurable(boolean wanted) {
        return new BackendOptions(
                postgresUrl, postgresPort, kafkaPort, wanted, cacheFolder, progress);
    }

    public BackendOptions withCacheFolder(Path folder) {
        return new BackendOptions(postgresUrl, postgresPort, kafkaPort, durable, folder, progress);
    }

    public BackendOptions withProgress(Consumer<String> listener) {
        return new BackendOptions(
                postgresUrl, postgresPort, kafkaPort, durable, cacheFolder, listener);
    }

    /// Root's is the system's: what root starts may have to run as a user who may not enter root's
    /// home.
    private static Path userCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isBlank()) {
            return Path.of(xdg, "darkroom").toAbsolutePath();
        }
        return ServerUser.currentUserId() == 0
                ? Path.of("/var/cache/darkroom")
                : Path.of(System.getProperty("user.home"), ".cache", "darkroom").toAbsolutePath();
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be 0 to 65535: " + port);
        }
    }

    /// Says nothing of the URL, which may carry a password.
    @Override
    public String toString() {
        return "BackendOptions[postgres="
                + (postgresUrl == null ? "started" : "given")
                + ", postgresPort="
                + postgresPort
                + ", kafkaPort="
                + kafkaPort
                + ", durable="
                + durable
                + ", cacheFolder="
                + cacheFolder
                + "]";
    }
}
