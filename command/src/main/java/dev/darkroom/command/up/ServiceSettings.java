package dev.darkroom.command.up;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.schema.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/// What each service is told: where Kafka and PostgreSQL are, its role's password, its port.
///
/// Everything else stands in the service's own configuration file.
final class ServiceSettings {
    private final UpOptions options;
    private final String bootstrapServers;
    private final DatabaseAddress database;
    private final RolePasswords passwords;
    private final int embeddingPort;

    ServiceSettings(
            UpOptions options,
            String bootstrapServers,
            DatabaseAddress database,
            RolePasswords passwords,
            int embeddingPort) {
        this.options = options;
        this.bootstrapServers = bootstrapServers;
        this.database = database;
        this.passwords = passwords;
        this.embeddingPort = embeddingPort;
    }

    /// Starts a service and returns when it is ready.
    ConfigurableApplicationContext start(Service service) {
        return new SpringApplicationBuilder(service.application())
                .properties("spring.config.name=" + service.wireName())
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .listeners(
                        (ApplicationListener<ApplicationEnvironmentPreparedEvent>)
                                event -> UpLogging.applyLevels(event.getEnvironment()))
                .run(of(service).toArray(String[]::new));
    }

    /// As arguments, since those win over the service's file and the user's environment.
    List<String> of(Service service) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--spring.jmx.enabled=false",
                                "--server.address=127.0.0.1",
                                "--darkroom.kafka.bootstrap-servers=" + bootstrapServers,
                                "--darkroom.database.host=" + database.host(),
                                "--darkroom.database.port=" + database.port(),
                                "--darkroom.database.name=" + database.name(),
                                "--darkroom.database.password="
                                        + passwords.password(service.role())));
        switch (service) {
            case LIBRARY_SERVICE -> {
                settings.add("--server.port=" + options.ports().library());
                settings.add("--darkroom.search.words-url=http://127.0.0.1:" + embeddingPort);
                settings.add("--darkroom.library.depth-url=http://127.0.0.1:" + embeddingPort);
                settings.add("--darkroom.people.pictures-url=http://127.0.0.1:" + embeddingPort);
            }
            case INGEST_SERVICE -> {
                settings.add("--server.port=" + options.ports().uploads());
                settings.add(
                        "--darkroom.ingest.library-folder="
                                + options.dataFolder().resolve("library"));
                settings.add("--darkroom.ingest.own-folders[0]=" + options.dataFolder());
                settings.add("--darkroom.upload.folder=" + options.dataFolder().resolve("uploads"));
                List<Path> roots = options.allowedRoots();
                for (int i = 0; i < roots.size(); i++) {
                    settings.add(
                            "--darkroom.ingest.allowed-roots[%d]=%s".formatted(i, roots.get(i)));
                }
            }
            case SYNC_SERVICE -> {
                settings.add("--server.port=" + options.ports().sync());
                settings.add("--darkroom.sync.cdc.password=" + passwords.password(Role.CDC));
            }
            case EMBEDDING_WORKER -> {
                settings.add("--server.port=" + embeddingPort);
                // All services share their children here; this one is in no hurry.
                settings.add("--darkroom.embedding.media-processes=1");
                settings.add(
                        "--darkroom.embedding.model-folder="
                                + options.dataFolder().resolve("models"));
            }
            // Alone it answers health checks over HTTP; here there is nobody to ask.
            case THUMBNAIL_WORKER -> settings.add("--spring.main.web-application-type=none");
        }
        return settings;
    }
}
