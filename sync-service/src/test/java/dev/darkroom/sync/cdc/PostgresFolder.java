package dev.darkroom.sync.cdc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// The files of a test's PostgreSQL server, and its process as they name it.
///
/// @param data what the server runs on
record PostgresFolder(Path data) {
    /// @param backends the folder that the backends were started on
    static PostgresFolder of(Path backends) {
        return new PostgresFolder(backends.resolve("postgres"));
    }

    /// Stops all its processes where they stand: it takes and sends nothing.
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-s", name));
        processes().forEach(process -> command.add(Long.toString(process.pid())));
        int exit = new ProcessBuilder(command).start().waitFor();
        if (exit != 0) {
            throw new IOException(command + " ended with " + exit);
        }
    }

    private List<ProcessHandle> processes() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    /// kill -9 of the postmaster and of all its children at once: nothing is written any more.
    void kill() throws IOException {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(
                        all.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture<?>[]::new))
                .join();
    }
}
