package dev.darkroom.command.up;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import dev.darkroom.command.RunningSystem;
import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.CaptureSlot;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.MigrationFailed;
import dev.darkroom.database.Migrations;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.delivery.Topics;
import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/// Every service in this JVM, on a Kafka and a PostgreSQL that it starts: the production code with
/// two backends swapped in.
///
/// Starting and closing are for one thread at a time; closing twice is fine.
public final class WholeSystem implements AutoCloseable {
    private static final String DATABASE = "darkroom";

    private final UpOptions options;
    private final Steps steps;
    private final Map<Service, ConfigurableApplicationContext> services =
            new EnumMap<>(Service.class);
    private @Nullable Backends backends;
    private @Nullable RunningSystem running;

    private WholeSystem(UpOptions options, Steps steps) {
        this.options = options;
        this.steps = steps;
    }

    /// Starts everything and returns when all of it answers. What was started is stopped again when
    /// one part fails.
    ///
    /// @throws CommandFailed when a port is taken or a migration fails
    public static WholeSystem start(UpOptions options, Steps steps) throws Exception {
        WholeSystem system = new WholeSystem(options, steps);
        try {
            system.start();
            return system;
        } catch (Exception e) {
            try {
                system.close();
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /// Where it listens.
    public RunningSystem running() {
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    private void start() throws Exception {
        Ports.requireFree(options.ports().library(), "--port");
        Ports.requireFree(options.ports().uploads(), "--upload-port");
        Ports.requireFree(options.ports().sync(), "--sync-port");
        Ports.requireFree(options.ports().embeddings(), "--embedding-port");
        Backends engines = steps.step("PostgreSQL and Kafka", this::startBackends);
        RolePasswords passwords = RolePasswords.of(options.dataFolder());
        DatabaseAddress database = database(engines.postgres());
        steps.step(
                "roles and tables",
                () -> {
                    prepare(database, engines.postgres(), passwords);
                    return null;
                });
        steps.step(
                "topics",
                () -> {
                    new Topics(kafka(engines)).ensureEventTopics();
                    return null;
                });
        ServiceSettings settings =
                new ServiceSettings(
                        options,
                        engines.bootstrapServers(),
                        database,
                        passwords,
                        Ports.orFree(options.ports().embeddings()));
        steps.step("services", () -> startServices(settings));
        running = describe(engines, database);
        running.announce(options.dataFolder());
    }

    private Backends startBackends() {
        backends =
                Backends.start(
                        options.dataFolder(),
                        BackendOptions.defaults()
                                .withKafkaPort(options.ports().kafka())
                                .withPostgresUrl(options.postgresUrl())
                                .withProgress(steps::detail));
        return backends;
    }

    private void prepare(
            DatabaseAddress database, PostgresAddress postgres, RolePasswords passwords)
            throws Exception {
        Login admin = new Login(postgres.adminUser(), postgres.adminPassword());
        new Bootstrap(database, admin).run(passwords.all());
        try {
            int applied = new Migrations(database, passwords.login(Role.OWNER)).migrate();
            new CaptureSlot(database, passwords.login(Role.CDC)).createBeforeTheFirstRow();
            if (applied > 0) {
                steps.detail(applied + " migrations applied");
            }
        } catch (MigrationFailed e) {
            if (options.onFailedMigration() == UpOptions.OnFailedMigration.FAIL) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        e.getMessage() + "\nor start without: ./darkroom up --migrate=warn",
                        e);
            }
            steps.say("warning: " + e.getMessage());
        }
    }

    /// All at once: each waits for Kafka and PostgreSQL much of the time.
    private Void startServices(ServiceSettings settings) throws Exception {
        Map<Service, Future<ConfigurableApplicationContext>> starting =
                new EnumMap<>(Service.class);
        try (ExecutorService executor = Executors.newFixedThreadPool(Service.values().length)) {
            for (Service service : Service.values()) {
                Callable<ConfigurableApplicationContext> start =
                        () -> {
                            ConfigurableApplicationContext context = settings.start(service);
                            steps.detail(service.wireName() + " is ready");
                            return context;
                        };
                starting.put(service, executor.submit(start));
            }
        }
        ExecutionException failure = null;
        for (Map.Entry<Service, Future<ConfigurableApplicationContext>> entry :
                starting.entrySet()) {
            try {
                services.put(entry.getKey(), entry.getValue().get());
            } catch (ExecutionException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "a service did not start: "
                            + rootCause(failure).getMessage()
                            + "\nsee "
                            + UpLogging.file(options.dataFolder()),
                    failure);
        }
        return null;
    }

    private RunningSystem describe(Backends engines, DatabaseAddress database) {
        ProcessHandle self = ProcessHandle.current();
        return new RunningSystem(
                self.pid(),
                RunningSystem.startOf(self),
                url(Service.LIBRARY_SERVICE),
                url(Service.INGEST_SERVICE),
                url(Service.SYNC_SERVICE),
                url(Service.EMBEDDING_WORKER),
                engines.bootstrapServers(),
                database.host(),
                database.port(),
                database.name(),
                options.allowedRoots());
    }

    private URI url(Service service) {
        ConfigurableApplicationContext context = services.get(service);
        String port =
                context == null ? null : context.getEnvironment().getProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port);
    }

    /// What runs underneath, for people.
    public String engines() {
        return backends == null ? "" : backends.description();
    }

    @Override
    public synchronized void close() {
        try {
            if (running != null) {
                RunningSystem.withdraw(options.dataFolder());
                running = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            try {
                closeServices();
            } finally {
                if (backends != null) {
                    backends.close();
                    backends = null;
                }
            }
        }
    }

    private void closeServices() {
        List<ConfigurableApplicationContext> open = new ArrayList<>(services.values());
        services.clear();
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            open.forEach(context -> executor.execute(context::close));
        }
    }

    private static DatabaseAddress database(PostgresAddress postgres) {
        return new DatabaseAddress(postgres.host(), postgres.port(), DATABASE);
    }

    private static KafkaProperties kafka(Backends engines) {
        return new KafkaProperties(engines.bootstrapServers(), 6, (short) -1);
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
