package dev.darkroom.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The `darkroom` command.
@Command(
        name = "darkroom",
        mixinStandardHelpOptions = true,
        version = "darkroom 0.1",
        synopsisSubcommandLabel = "COMMAND",
        description = "Turns files into a library, and every change to it into a stream.",
        footer = {
            "",
            "Also: ./darkroom test [MAVEN-ARGUMENT...] builds everything and runs every test.",
            "Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 no system is running."
        },
        subcommands = {
            UpCommand.class,
            ImportCommand.class,
            RepositoryCommand.class,
            SearchCommand.class,
            StatusCommand.class,
            ReprocessCommand.class,
            SpacesCommand.class,
            PeopleCommand.class,
            SyncCommand.class,
            TailCommand.class,
            RebuildCommand.class,
            AsOfCommand.class,
            StreamCommand.class,
            DatabaseCommand.class
        })
public final class Darkroom implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    private Darkroom() {}

    public static void main(String[] arguments) {
        if (!List.of(arguments).contains("up")) {
            // Short commands speak for themselves; a logging system would take longer to start than
            // they run.
            System.setProperty("slf4j.internal.verbosity", "WARN");
            System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        }
        System.exit(commandLine().execute(arguments));
    }

    /// The command with its subcommands, ready to execute.
    public static CommandLine commandLine() {
        return new CommandLine(new Darkroom())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Darkroom::explain);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailed expected) {
            err.println("darkroom: " + Objects.requireNonNull(expected.getMessage()));
            err.flush();
            return expected.exitCode();
        }
        err.println("darkroom: this is a mistake in darkroom itself, please report it:");
        failure.printStackTrace(err);
        err.flush();
        return ExitCode.FAILED;
    }
}
