package dev.darkroom.command;

import dev.darkroom.command.repository.RepositoryClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where the subcommands of `repository` ask, and in which form they answer.
final class RepositoryAccess {
    @Option(names = "--json", description = "JSON instead of a table.")
    private boolean json;

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Ask ingest-service here, not the system of this data folder.")
    private @Nullable URI url;

    boolean json() {
        return json;
    }

    RepositoryClient client() {
        URI door = url == null ? RunningSystem.require(data.folder()).uploads() : url;
        return new RepositoryClient(door);
    }
}
