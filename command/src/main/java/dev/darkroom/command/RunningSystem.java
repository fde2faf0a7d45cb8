package dev.darkroom.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Where a system started by `up` listens, as it stands in `up.json` in its data folder.
///
/// The file is there while the system is ready. It stays behind after kill -9, so reading it checks
/// that its process lives.
///
/// @param pid the process
/// @param processStartedAt when that process began; a later process with the same number is not it
/// @param library base of the library's HTTP interface
/// @param uploads base of the upload doors
/// @param sync base of sync-service's HTTP interface
/// @param embeddings base of embedding-worker's HTTP interface
/// @param kafka `host:port` of the broker
/// @param databaseHost where PostgreSQL answers
/// @param databasePort its TCP port
/// @param databaseName the database
/// @param allowedRoots folders whose files may be submitted by path
public record RunningSystem(
        long pid,
        Instant processStartedAt,
        URI library,
        URI uploads,
        URI sync,
        URI embeddings,
        String kafka,
        String databaseHost,
        int databasePort,
        String databaseName,
        List<Path> allowedRoots) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public RunningSystem {
        allowedRoots = List.copyOf(allowedRoots);
    }

    /// The system that runs on this folder.
    public static Optional<RunningSystem> find(Path dataFolder) {
        try {
            RunningSystem system =
                    JSON.readValue(Files.readString(file(dataFolder)), RunningSystem.class);
            return Optional.of(system).filter(RunningSystem::isAlive);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    file(dataFolder) + " cannot be read: " + e.getMessage() + "\nremove it",
                    e);
        }
    }

    /// The system that runs on this folder, or the failure that says how to start one.
    public static RunningSystem require(Path dataFolder) {
        return find(dataFolder)
                .orElseThrow(
                        () ->
                                CommandFailed.notRunning(
                                        "no system is running on " + dataFolder, null));
    }

    /// Tells other commands that this process serves the folder.
    public void announce(Path dataFolder) throws IOException {
        Path fresh = dataFolder.resolve("up.json.new");
        Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
        Files.move(fresh, file(dataFolder), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Takes the announcement back.
    public static void withdraw(Path dataFolder) throws IOException {
        Files.deleteIfExists(file(dataFolder));
    }

    /// When this very process began.
    public static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    @JsonIgnore
    public String jdbcUrl() {
        return "jdbc:postgresql://" + databaseHost + ":" + databasePort + "/" + databaseName;
    }

    /// Whether ingest-service reads this file when it is named by path.
    public boolean mayRead(Path realPath) {
        return allowedRoots.stream().anyMatch(realPath::startsWith);
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(RunningSystem::startOf)
                .map(start -> Duration.between(start, processStartedAt).abs())
                .filter(difference -> difference.compareTo(Duration.ofSeconds(2)) < 0)
                .isPresent();
    }

    private static Path file(Path dataFolder) {
        return dataFolder.resolve("up.json");
    }
}
