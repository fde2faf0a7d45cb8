package dev.darkroom.command;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option `--data`, the same for every subcommand.
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder with everything that lasts. Default: $$DARKROOM_DATA, else data in the"
                            + " checkout.")
    private @Nullable Path given;

    /// The data folder, absolute; it need not exist.
    Path folder() {
        return Objects.requireNonNullElseGet(given, DataOption::usual).toAbsolutePath().normalize();
    }

    /// The checkout that the script `darkroom` stands in.
    static Path home() {
        return Path.of(System.getProperty("darkroom.home", "")).toAbsolutePath().normalize();
    }

    private static Path usual() {
        String configured = System.getenv("DARKROOM_DATA");
        return configured == null || configured.isBlank()
                ? home().resolve("data")
                : Path.of(configured);
    }
}
