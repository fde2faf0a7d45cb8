package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server process on one PostgreSQL data folder: ours, or one that outlived a killed JVM.
///
/// @param handle the postmaster
/// @param dataFolder the folder it has open
record PostgresProcess(ProcessHandle handle, Path dataFolder) {

    private static final Logger log = LoggerFactory.getLogger(PostgresProcess.class);

    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE = Duration.ofSeconds(10);

    /// The server still running on a data folder. A process id that meanwhile belongs to something
    /// else, or to a server on another folder, is not taken for it.
    static Optional<PostgresProcess> runningOn(Path dataFolder) {
        Path pidFile = dataFolder.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(pidFile);
            if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(process -> isServer(process, dataFolder))
                    .map(process -> new PostgresProcess(process, dataFolder));
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot read " + pidFile, e);
        }
    }

    /// Fast shutdown: clients are disconnected and everything is written; where that takes too long
    /// an immediate one, which the next start recovers from.
    void stop() {
        if (signal("INT") && ends(FAST)) {
            return;
        }
        log.atWarn()
                .addKeyValue("pid", handle.pid())
                .addKeyValue("dataFolder", dataFolder)
                .log("PostgreSQL did not stop in time; stopping it at once");
        if (signal("QUIT") && ends(IMMEDIATE)) {
            return;
        }
        handle.descendants().forEach(ProcessHandle::destroyForcibly);
        handle.destroyForcibly();
        if (!ends(IMMEDIATE)) {
            throw new BackendsUnavailable(
                    "PostgreSQL process "
                            + handle.pid()
                            + " on "
                            + dataFolder
                            + " does not end: end it by hand");
        }
    }

    /// Whether the signal was sent, or nobody is left to get it.
    private boolean signal(String name) {
        if (!handle.isAlive()) {
            return true;
        }
        Command.Result result =
                Command.of("kill", "-s", name, Long.toString(handle.pid())).tryRun();
        return result.exit() == 0 || !handle.isAlive();
    }

    private boolean ends(Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        } catch (ExecutionException e) {
            throw new BackendsUnavailable("cannot wait for PostgreSQL to end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendsUnavailable("interrupted while PostgreSQL was stopping", e);
        }
    }

    private static boolean isServer(ProcessHandle process, Path dataFolder) {
        Path commandLine = Path.of("/proc/" + process.pid() + "/cmdline");
        try {
            String raw = new String(Files.readAllBytes(commandLine), StandardCharsets.UTF_8);
            List<String> arguments = List.of(raw.split("\0", -1));
            boolean postgres = arguments.getFirst().endsWith("/postgres");
            return postgres && arguments.contains(dataFolder.toString());
        } catch (IOException ended) {
            return false;
        }
    }
}
