package dev.darkroom.command;

import dev.darkroom.database.AppliedMigration;
import dev.darkroom.database.MigrationFailed;
import dev.darkroom.database.Track;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `darkroom db`: the tables, in two tracks: `infra` (outbox, heartbeat) and `app` (the library).
@Command(
        name = "db",
        mixinStandardHelpOptions = true,
        description = {
            "Bring the tables to this version, look where they stand, or go back.",
            "",
            "Works on the system of the data folder; on --url; or, in a container, on what"
                    + " DARKROOM_DATABASE_HOST, DARKROOM_DATABASE_PORT and DARKROOM_DATABASE_NAME"
                    + " say, with the password in DARKROOM_PASSWORD_OWNER. With"
                    + " DARKROOM_DATABASE_ADMIN_USER and DARKROOM_DATABASE_ADMIN_PASSWORD it first"
                    + " makes the database, its extensions and the roles, each with the password in"
                    + " DARKROOM_PASSWORD_<ROLE>: OWNER, INGEST, THUMBNAIL, EMBEDDING, SYNC,"
                    + " LIBRARY, CDC.",
            ""
        },
        subcommands = {
            DatabaseCommand.Migrate.class,
            DatabaseCommand.Status.class,
            DatabaseCommand.Undo.class
        })
final class DatabaseCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which one: migrate, status or undo?");
    }

    /// `darkroom db migrate`.
    @Command(
            name = "migrate",
            mixinStandardHelpOptions = true,
            description = "Apply the migrations that are missing.")
    static final class Migrate implements Callable<Integer> {
        @Mixin private DatabaseOptions database = new DatabaseOptions();

        @Option(names = "--track", description = "Only this one: ${COMPLETION-CANDIDATES}.")
        private @Nullable Track track;

        @Override
        public Integer call() throws IOException {
            return database.run(
                    tables -> {
                        try {
                            int applied = tables.migrate(track);
                            System.out.println(
                                    applied == 0
                                            ? "nothing to apply"
                                            : applied + " migrations applied");
                            return ExitCode.DONE;
                        } catch (MigrationFailed e) {
                            throw new CommandFailed(
                                    ExitCode.FAILED, String.valueOf(e.getMessage()), e);
                        }
                    });
        }
    }

    /// `darkroom db status`.
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Show which migrations are applied and which are pending.")
    static final class Status implements Callable<Integer> {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

        @Mixin private DatabaseOptions database = new DatabaseOptions();

        @Override
        public Integer call() throws IOException {
            return database.run(
                    tables -> {
                        System.out.println(tables.address().jdbcUrl());
                        for (Track track : Track.values()) {
                            print(tables.migrations().status(track));
                        }
                        return ExitCode.DONE;
                    });
        }

        private static void print(List<AppliedMigration> migrations) {
            boolean screen = Terminal.outIsScreen();
            for (AppliedMigration migration : migrations) {
                String state =
                        migration.appliedAt() == null
                                ? Terminal.yellow("pending", screen)
                                : Terminal.dim(TIME.format(migration.appliedAt()), screen);
                System.out.printf(
                        "  %-6s %3s  %-36s %s%n",
                        migration.track().wireName(),
                        migration.version(),
                        migration.description(),
                        state);
            }
        }
    }

    /// `darkroom db undo`.
    @Command(
            name = "undo",
            mixinStandardHelpOptions = true,
            description = {
                "Undo the newest migrations of a track. What stood in the tables they made is gone."
            })
    static final class Undo implements Callable<Integer> {
        @Mixin private DatabaseOptions database = new DatabaseOptions();

        @Option(
                names = "--track",
                required = true,
                description = "Which one: ${COMPLETION-CANDIDATES}.")
        private Track track = Track.APP;

        @Option(
                names = "--max-steps",
                paramLabel = "N",
                required = true,
                description = "How many at the most.")
        private int maxSteps;

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            if (maxSteps < 1) {
                throw new ParameterException(
                        spec.commandLine(), "--max-steps must be positive: " + maxSteps);
            }
            return database.run(
                    tables -> {
                        int undone = tables.migrations().undo(track, maxSteps);
                        System.out.println(undone + " migrations undone");
                        return ExitCode.DONE;
                    });
        }
    }
}
