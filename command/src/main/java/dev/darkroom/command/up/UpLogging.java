package dev.darkroom.command.up;

import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// One log for all services of this JVM: everything in a file, WARN and above also on standard
/// error.
public final class UpLogging {
    private static final String CONFIGURATION = "dev/darkroom/command/up/logback-up.xml";

    private UpLogging() {}

    /// Has to come before the first logger of the JVM.
    public static void prepare(Path dataFolder) {
        System.setProperty("darkroom.log", file(dataFolder).toString());
        System.setProperty("logback.configurationFile", CONFIGURATION);
        // Several applications share this JVM; each would set logging up anew.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /// Where the log is.
    public static Path file(Path dataFolder) {
        return dataFolder.resolve("logs").resolve("darkroom.log");
    }

    /// Applies the `logging.level` entries of a service's configuration, as Spring Boot would.
    static void applyLevels(Environment environment) {
        Map<String, String> levels =
                Binder.get(environment)
                        .bind("logging.level", Bindable.mapOf(String.class, String.class))
                        .orElse(Map.of());
        if (LoggerFactory.getILoggerFactory()
                instanceof ch.qos.logback.classic.LoggerContext context) {
            levels.forEach(
                    (logger, level) ->
                            context.getLogger(logger)
                                    .setLevel(ch.qos.logback.classic.Level.toLevel(level)));
        }
    }
}
