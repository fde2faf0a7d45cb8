package dev.darkroom.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backends on one data folder: a broker in this JVM and a child server, or a given server.
final class LocalBackends implements Backends {

    private static final Logger log = LoggerFactory.getLogger(LocalBackends.class);

    private final DataFolder data;
    private final @Nullable EmbeddedKafka kafka;
    private final StartedPostgres postgres;
    private boolean closed;

    private LocalBackends(
            DataFolder data, @Nullable EmbeddedKafka kafka, StartedPostgres postgres) {
        this.data = data;
        this.kafka = kafka;
        this.postgres = postgres;
    }

    static LocalBackends start(Path dataFolder, BackendOptions options) {
        return open(
                dataFolder,
                options,
                (data, ports, progress) -> start(data, ports, options, progress));
    }

    static LocalBackends startPostgres(Path dataFolder, BackendOptions options) {
        return open(
                dataFolder,
                options,
                (data, ports, progress) ->
                        new LocalBackends(
                                data, null, StartedPostgres.start(data, ports, options, progress)));
    }

    /// How the engines start on an open folder.
    @FunctionalInterface
    private interface Starting {
        LocalBackends start(DataFolder data, Ports ports, Consumer<String> progress);
    }

    private static LocalBackends open(Path folder, BackendOptions options, Starting starting) {
        DataFolder data = DataFolder.open(folder);
        try {
            Consumer<String> progress = logged(options.progress());
            EmbeddedPostgres.stopOrphan(data.postgres(), progress);
            Ports wanted = new Ports(options.kafkaPort(), 0, options.postgresPort());
            Ports ports = Ports.choose(wanted, data.rememberedPorts());
            data.remember(ports);
            return starting.start(data, ports, progress);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static LocalBackends start(
            DataFolder data, Ports ports, BackendOptions options, Consumer<String> progress) {
        Started<EmbeddedKafka> kafka;
        Started<StartedPostgres> postgres;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Started<EmbeddedKafka>> first =
                    CompletableFuture.supplyAsync(
                            () ->
                                    attempt(
                                            () ->
                                                    EmbeddedKafka.start(
                                                            data.kafka(),
                                                            ports,
                                                            options.durable())),
                            executor);
            CompletableFuture<Started<StartedPostgres>> second =
                    CompletableFuture.supplyAsync(
                            () ->
                                    attempt(
                                            () ->
                                                    StartedPostgres.start(
                                                            data, ports, options, progress)),
                            executor);
            kafka = first.join();
            postgres = second.join();
        }
        return both(data, kafka, postgres);
    }

    /// Both, or neither: when one did not start the other is stopped again.
    private static LocalBackends both(
            DataFolder data, Started<EmbeddedKafka> kafka, Started<StartedPostgres> postgres) {
        EmbeddedKafka broker = kafka.engine();
        StartedPostgres server = postgres.engine();
        if (broker != null && server != null) {
            return new LocalBackends(data, broker, server);
        }
        RuntimeException failure = new BackendsUnavailable("the backends did not start");
        if (broker != null) {
            broker.close();
        }
        if (server != null) {
            server.close();
        }
        if (postgres.failure() != null) {
            failure = postgres.failure();
        } else if (kafka.failure() != null) {
            failure = kafka.failure();
        }
        if (kafka.failure() != null && !kafka.failure().equals(failure)) {
            failure.addSuppressed(kafka.failure());
        }
        throw failure;
    }

    private static <T> Started<T> attempt(Supplier<T> start) {
        try {
            return new Started<>(start.get(), null);
        } catch (CompletionException e) {
            return new Started<>(null, new BackendsUnavailable("an engine did not start", e));
        } catch (RuntimeException e) {
            return new Started<>(null, e);
        }
    }

    private static Consumer<String> logged(Consumer<String> progress) {
        return step -> {
            log.atInfo().addKeyValue("step", step).log("Starting the backends");
            progress.accept(step);
        };
    }

    @Override
    public String bootstrapServers() {
        if (kafka == null) {
            throw new IllegalStateException("Kafka was not started");
        }
        return kafka.bootstrapServers();
    }

    @Override
    public PostgresAddress postgres() {
        return postgres.address();
    }

    @Override
    public String description() {
        return kafka == null
                ? postgres.description()
                : "Kafka "
                        + EmbeddedKafka.version()
                        + " in this process; "
                        + postgres.description();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Closed from the right to the left: the folder is unlocked last.
        try (data;
                postgres;
                kafka) {
            log.atDebug().addKeyValue("dataFolder", data.root()).log("Stopping the backends");
        }
    }

    /// How one engine's start ended: one of the two is there.
    private record Started<T>(@Nullable T engine, @Nullable RuntimeException failure) {}

    /// The PostgreSQL in use: a child, or one that was given and is left alone.
    private record StartedPostgres(
            PostgresAddress address, String description, @Nullable EmbeddedPostgres child)
            implements AutoCloseable {

        static StartedPostgres start(
                DataFolder data, Ports ports, BackendOptions options, Consumer<String> progress) {
            String url = options.postgresUrl();
            if (url != null) {
                GivenPostgres given = GivenPostgres.check(url);
                return new StartedPostgres(given.address(), given.description(), null);
            }
            PostgresBinaries binaries =
                    PostgresLadder.standard(options.cacheFolder())
                            .climb(MajorVersion.of(data.postgres()), progress);
            EmbeddedPostgres child =
                    EmbeddedPostgres.start(
                            data,
                            binaries,
                            ServerUser.detect(),
                            ports.postgres(),
                            options.durable(),
                            progress);
            return new StartedPostgres(child.address(), binaries.description(), child);
        }

        @Override
        public void close() {
            if (child != null) {
                child.close();
            }
        }
    }
}
