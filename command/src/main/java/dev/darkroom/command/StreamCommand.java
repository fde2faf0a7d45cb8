package dev.darkroom.command;

import dev.darkroom.command.stream.StreamClient;
import dev.darkroom.command.stream.StreamTable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `darkroom stream`: how the change streams are, and mending them.
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "Look after the change streams. docs/stream-repair.md says what to do when.",
        subcommands = {StreamCommand.Status.class, StreamCommand.Repair.class})
final class StreamCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which one: status or repair?");
    }

    /// `darkroom stream status`.
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Show who leads, how much log waits and whether tables and topics agree.")
    static final class Status implements Callable<Integer> {
        @Mixin private DataOption data = new DataOption();

        @Option(names = "--json", description = "One JSON document.")
        private boolean json;

        @Override
        public Integer call() throws IOException, InterruptedException {
            JsonNode status = new StreamClient(RunningSystem.require(data.folder())).status();
            System.out.print(json ? status + "\n" : new StreamTable(status).text());
            System.out.flush();
            return StreamTable.isWell(status) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /// `darkroom stream repair`.
    @Command(
            name = "repair",
            mixinStandardHelpOptions = true,
            description = {
                "Compare every table with its topic now, and publish what differs.",
                "",
                "A stream that stopped because its slot was lost goes on with a new one first. Writers"
                        + " go on meanwhile; killed in between, it goes on at the next start."
            })
    static final class Repair implements Callable<Integer> {
        private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

        @Mixin private DataOption data = new DataOption();

        @Option(names = "--no-wait", description = "Return at once.")
        private boolean noWait;

        @Override
        public Integer call() throws IOException, InterruptedException {
            StreamClient client = new StreamClient(RunningSystem.require(data.folder()));
            long rounds = client.status().at("/reconciler/rounds").asLong();
            System.out.println(client.repair());
            return noWait ? ExitCode.DONE : await(client, rounds);
        }

        /// Shows each step once, until a whole round is done.
        private static int await(StreamClient client, long rounds)
                throws IOException, InterruptedException {
            String last = "";
            while (true) {
                JsonNode status = client.status();
                @Nullable String step = StreamTable.step(status);
                if (step != null && !step.equals(last)) {
                    System.out.println("  " + step);
                    last = step;
                }
                if (status.path("role").asString().equals("stopped")) {
                    throw new CommandFailed(
                            ExitCode.FAILED,
                            "the stream stopped: " + status.path("detail").asString());
                }
                if (status.at("/reconciler/rounds").asLong() > rounds) {
                    System.out.print(new StreamTable(status).text());
                    return StreamTable.isWell(status) ? ExitCode.DONE : ExitCode.FAILED;
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }
}
