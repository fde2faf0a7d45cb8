package dev.darkroom.command;

import dev.darkroom.command.watch.Tail;
import dev.darkroom.command.watch.TailFrom;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `darkroom tail`: changes and events as JSON lines.
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write every change of every table to standard output, one JSON line each.",
            "Nothing else goes there, so it can be piped: ./darkroom tail | jq .value.after",
            ""
        })
final class TailCommand implements Callable<Integer> {
    private static final int BUFFER = 256 * 1024;

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "This Kafka, not the one of the data folder's system.")
    private @Nullable String kafka;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Only changes of this table. Repeatable.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "This topic, whatever is on it. Repeatable.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "beginning|end|OFFSET",
            defaultValue = "end",
            description = "Where to start in each partition. Default: ${DEFAULT-VALUE}.")
    private String from = "end";

    @Option(names = "-n", paramLabel = "N", description = "End after this many records.")
    private @Nullable Long limit;

    @Option(names = "--exit-at-end", description = "End where the topics end now.")
    private boolean exitAtEnd;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        TailFrom start = start();
        if (limit != null && limit < 1) {
            throw new ParameterException(spec.commandLine(), "-n must be positive: " + limit);
        }
        List<String> named = new ArrayList<>(topics);
        tables.forEach(table -> named.add("cdc." + table));
        String bootstrapServers =
                kafka != null ? kafka : RunningSystem.require(data.folder()).kafka();
        try (Tail tail = new Tail(bootstrapServers)) {
            List<TopicPartition> partitions = tail.partitions(named);
            if (Terminal.errIsScreen() && start instanceof TailFrom.End && !exitAtEnd) {
                System.err.println(
                        Terminal.dim("waiting for what comes next; Ctrl-C ends it", true));
            }
            OptionalLong most = limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
            // Not System.out, which keeps it to itself when the reader has gone.
            OutputStream out =
                    new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
            tail.run(partitions, start, most, exitAtEnd, out);
        } catch (KafkaException e) {
            throw CommandFailed.notRunning("Kafka does not answer at " + bootstrapServers, e);
        } catch (IOException e) {
            // The reader has seen enough: head, or a pager that was left.
            return ExitCode.DONE;
        }
        return ExitCode.DONE;
    }

    private TailFrom start() {
        try {
            return TailFrom.of(from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
