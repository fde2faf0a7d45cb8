package dev.darkroom.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every place PostgreSQL can come from, tried in order: first what is there, then what has to be
/// fetched. When nothing works the error says why of each, and one command to run.
final class PostgresLadder {

    private static final Logger log = LoggerFactory.getLogger(PostgresLadder.class);

    private final List<PostgresSource> rungs;

    PostgresLadder(List<PostgresSource> rungs) {
        this.rungs = List.copyOf(rungs);
    }

    static PostgresLadder standard(Path cacheFolder) {
        SystemPostgres system = new SystemPostgres(Path.of("/"));
        return new PostgresLadder(
                List.of(system, new DistributionPackages(system), new BuiltPostgres(cacheFolder)));
    }

    PostgresBinaries climb(MajorVersion wanted, Consumer<String> progress) {
        for (PostgresSource rung : rungs) {
            Optional<PostgresBinaries> present = rung.present(wanted);
            if (present.isPresent()) {
                return present.get();
            }
        }
        StringBuilder reasons = new StringBuilder();
        String remedy = "";
        for (PostgresSource rung : rungs) {
            String reason;
            try {
                return rung.obtain(wanted, progress);
            } catch (PostgresSource.Unobtainable e) {
                reason = e.getMessage();
                remedy = remedy.isEmpty() ? e.remedy() : remedy;
            } catch (BackendsUnavailable e) {
                log.atWarn()
                        .addKeyValue("rung", rung.name())
                        .setCause(e)
                        .log("A place PostgreSQL could have come from failed");
                reason = e.getMessage();
            }
            reasons.append("\n  - ").append(rung.name()).append(": ").append(reason);
        }
        throw new BackendsUnavailable(
                "no PostgreSQL "
                        + wanted
                        + " with pgvector:"
                        + reasons
                        + "\nRun: "
                        + (remedy.isEmpty() ? lastResort() : remedy));
    }

    /// With a container engine at hand one command is enough; without one, the packages are.
    private static String lastResort() {
        boolean docker =
                Command.exists("docker")
                        && Command.of("timeout", "10", "docker", "version").tryRun().exit() == 0;
        if (docker) {
            return "docker run -d -p 127.0.0.1:5432:5432 -e POSTGRES_PASSWORD=darkroom"
                    + " pgvector/pgvector:pg17 -c wal_level=logical\nand start again with the URL"
                    + " jdbc:postgresql://127.0.0.1:5432/postgres?user=postgres&password=darkroom";
        }
        return "your package manager to install PostgreSQL 15 or newer with pgvector, or start"
                + " again with the JDBC URL of such a server";
    }
}
