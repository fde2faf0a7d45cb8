package dev.darkroom.command;

import dev.darkroom.command.folders.SyncText;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `darkroom sync`: what was done about watched folders, and what to do about it.
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Scan watched folders, see what scans did, confirm or undo it.",
            "",
            "Sync never touches a file. A repository is named by its name or its id.",
            ""
        },
        subcommands = {
            SyncCommand.Run.class,
            SyncCommand.Operations.class,
            SyncCommand.Show.class,
            SyncCommand.Confirm.class,
            SyncCommand.Undo.class,
            SyncCommand.Resume.class
        })
final class SyncCommand implements Runnable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Which one: run, operations, show, confirm, undo or resume?");
    }

    /// How answers are written.
    enum Format {
        TABLE,
        JSON
    }

    /// What all of them have.
    abstract static class Asking implements Callable<Integer> {
        @Mixin private DataOption data = new DataOption();

        @Option(
                names = "--format",
                paramLabel = "table|json",
                defaultValue = "table",
                description = "How to write it. Default: ${DEFAULT-VALUE}.")
        private Format format = Format.TABLE;

        final SyncText text = new SyncText(Terminal.outIsScreen());

        @Override
        public final Integer call() throws InterruptedException {
            try (ServiceClient sync =
                    new ServiceClient(
                            "sync-service", RunningSystem.require(data.folder()).sync())) {
                return ask(sync);
            }
        }

        abstract int ask(ServiceClient sync) throws InterruptedException;

        final void show(JsonNode answer, String table) {
            System.out.print(format == Format.JSON ? answer.toPrettyString() + "\n" : table);
            System.out.flush();
        }

        /// Everything but held and failed is fine.
        static int exitCode(JsonNode operation) {
            String status = operation.path("status").asString("");
            return status.equals("failed") || status.equals("held")
                    ? ExitCode.FAILED
                    : ExitCode.DONE;
        }
    }

    /// `darkroom sync run`.
    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Compare a whole folder with what is known of it, now, and wait for it.")
    static final class Run extends Asking {
        @Parameters(paramLabel = "REPOSITORY")
        private String repository = "";

        @Option(names = "--dry-run", description = "Say what it would do, and change nothing.")
        private boolean dryRun;

        @Option(names = "--no-wait", description = "Return when it has begun.")
        private boolean noWait;

        @Override
        int ask(ServiceClient sync) throws InterruptedException {
            JsonNode answer =
                    sync.post(
                            "/api/repositories/" + ServiceClient.part(repository) + "/operations",
                            "{\"type\":\"reconciliation\",\"dryRun\":" + dryRun + "}");
            if (dryRun) {
                show(answer, text.plan(answer));
                return answer.path("held").asBoolean() ? ExitCode.FAILED : ExitCode.DONE;
            }
            while (!noWait && answer.path("status").asString("").equals("running")) {
                Thread.sleep(BETWEEN_LOOKS);
                answer = sync.get("/api/operations/" + answer.path("id").asLong());
            }
            show(answer, text.operation(answer));
            return exitCode(answer);
        }
    }

    /// `darkroom sync operations`.
    @Command(
            name = "operations",
            mixinStandardHelpOptions = true,
            description = "List the last operations.")
    static final class Operations extends Asking {
        @Parameters(arity = "0..1", paramLabel = "REPOSITORY")
        private @Nullable String repository;

        @Option(
                names = "--status",
                paramLabel = "STATUS",
                description = "Only running, completed, held, failed, cancelled or undone ones.")
        private @Nullable String status;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "20",
                description = "How many. Default: ${DEFAULT-VALUE}.")
        private int limit = 20;

        @Override
        int ask(ServiceClient sync) throws InterruptedException {
            StringBuilder path = new StringBuilder("/api/operations?limit=").append(limit);
            if (repository != null) {
                path.append("&repository=").append(ServiceClient.part(repository));
            }
            if (status != null) {
                path.append("&status=").append(ServiceClient.part(status.toLowerCase(Locale.ROOT)));
            }
            JsonNode answer = sync.get(path.toString());
            show(answer, text.operations(answer));
            return ExitCode.DONE;
        }
    }

    /// `darkroom sync show`.
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show where a repository stands.")
    static final class Show extends Asking {
        @Parameters(paramLabel = "REPOSITORY")
        private String repository = "";

        @Override
        int ask(ServiceClient sync) throws InterruptedException {
            JsonNode answer =
                    sync.get("/api/repositories/" + ServiceClient.part(repository) + "/sync");
            show(answer, text.state(answer));
            return ExitCode.DONE;
        }
    }

    /// Does something with one operation.
    abstract static class OnOperation extends Asking {
        @Parameters(paramLabel = "OPERATION")
        private long operation;

        private final String verb;

        OnOperation(String verb) {
            this.verb = verb;
        }

        @Override
        final int ask(ServiceClient sync) throws InterruptedException {
            JsonNode answer = sync.post("/api/operations/" + operation + "/" + verb, "{}");
            show(answer, text.operation(answer));
            return exitCode(answer);
        }
    }

    /// `darkroom sync confirm`.
    @Command(
            name = "confirm",
            mixinStandardHelpOptions = true,
            description = {
                "Do the removals that an operation held.",
                "Files that are back are kept."
            })
    static final class Confirm extends OnOperation {
        Confirm() {
            super("confirm");
        }
    }

    /// `darkroom sync undo`.
    @Command(
            name = "undo",
            mixinStandardHelpOptions = true,
            description = {
                "Take a whole operation back.",
                "The repository is paused then, or the next scan would do it again."
            })
    static final class Undo extends OnOperation {
        Undo() {
            super("undo");
        }
    }

    /// `darkroom sync resume`.
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Let a paused repository go on.")
    static final class Resume extends Asking {
        @Parameters(paramLabel = "REPOSITORY")
        private String repository = "";

        @Override
        int ask(ServiceClient sync) throws InterruptedException {
            JsonNode answer =
                    sync.post(
                            "/api/repositories/" + ServiceClient.part(repository) + "/resume",
                            "{}");
            show(answer, answer.path("name").asString("") + " goes on\n");
            return ExitCode.DONE;
        }
    }
}
