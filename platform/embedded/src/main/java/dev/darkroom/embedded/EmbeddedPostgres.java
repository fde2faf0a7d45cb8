package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// A PostgreSQL server as a child of this process, on a data folder that lasts.
///
/// The server stops when this process dies, however it dies. Where one is left over nevertheless,
/// the next start stops it before it opens the folder.
final class EmbeddedPostgres implements AutoCloseable {

    private static final long LARGEST_LOG = 10L << 20;

    private final PostgresProcess process;
    private final PostgresAddress address;
    private boolean closed;

    private EmbeddedPostgres(PostgresProcess process, PostgresAddress address) {
        this.process = process;
        this.address = address;
    }

    /// Makes the data folder if needed, starts the server and returns when it answers.
    static EmbeddedPostgres start(
            DataFolder data,
            PostgresBinaries binaries,
            ServerUser user,
            int port,
            boolean durable,
            Consumer<String> progress) {
        String password = data.adminPassword();
        PostgresCluster cluster = new PostgresCluster(data.postgres(), binaries, user);
        cluster.create(password);
        cluster.configure(port, durable);
        rotate(data.postgresLog());
        Process child = spawn(cluster, data.postgresLog());
        PostgresProcess process = new PostgresProcess(child.toHandle(), cluster.folder());
        PostgresAddress address = new PostgresAddress("127.0.0.1", port, "postgres", password);
        try {
            new PostgresReadiness(address, child, data.postgresLog(), progress).await();
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
        return new EmbeddedPostgres(process, address);
    }

    /// Stops a server that a former process left running on this folder.
    static void stopOrphan(Path dataFolder, Consumer<String> progress) {
        PostgresProcess.runningOn(dataFolder)
                .ifPresent(
                        orphan -> {
                            progress.accept(
                                    "Stopping PostgreSQL process "
                                            + orphan.handle().pid()
                                            + ", left over on "
                                            + dataFolder);
                            orphan.stop();
                        });
    }

    PostgresAddress address() {
        return address;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            process.stop();
        }
    }

    /// Starts the server from a thread that lives as long as it does: the kernel's "signal me when
    /// my parent dies" is about the thread that started the child, not about its process.
    private static Process spawn(PostgresCluster cluster, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(commandLine(cluster))
                        .directory(cluster.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("postgres-parent")
                .daemon()
                .start(
                        () -> {
                            try {
                                Process process = builder.start();
                                started.complete(process);
                                process.waitFor();
                            } catch (IOException e) {
                                started.completeExceptionally(e);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new BackendsUnavailable("cannot start PostgreSQL", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendsUnavailable("interrupted while starting PostgreSQL", e);
        }
    }

    /// A session of its own keeps Ctrl-C in a terminal away from the server: we stop it, last.
    private static List<String> commandLine(PostgresCluster cluster) {
        List<String> line = new ArrayList<>();
        if (Command.exists("setsid")) {
            line.add("setsid");
        }
        if (Command.exists("setpriv")) {
            line.addAll(List.of("setpriv", "--pdeathsig", "INT"));
        }
        line.add(cluster.binaries().bin().resolve("postgres").toString());
        line.addAll(List.of("-D", cluster.folder().toString()));
        return cluster.user().line(line);
    }

    private static void rotate(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
                Files.move(
                        log,
                        log.resolveSibling(log.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot rotate " + log, e);
        }
    }

    /// The end of the server's log, for error messages.
    static String logTail(Path log) {
        try {
            return Files.exists(log)
                    ? Command.tail(new String(Files.readAllBytes(log), StandardCharsets.UTF_8))
                    : "(no log)";
        } catch (IOException e) {
            return "(cannot read " + log + ": " + e.getMessage() + ")";
        }
    }
}
