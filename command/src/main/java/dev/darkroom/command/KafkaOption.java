package dev.darkroom.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option `--kafka`, the same for every subcommand that reads topics.
final class KafkaOption {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "This Kafka, not the one of the data folder's system.")
    private @Nullable String given;

    /// `host:port` of the broker.
    ///
    /// @throws CommandFailed when none is given and no system runs on the folder
    String bootstrapServers(DataOption data) {
        return given != null ? given : RunningSystem.require(data.folder()).kafka();
    }
}
