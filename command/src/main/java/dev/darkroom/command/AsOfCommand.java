package dev.darkroom.command;

import dev.darkroom.command.rebuild.AsOf;
import dev.darkroom.command.rebuild.AsOfText;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.StartAt;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `darkroom as-of`: what an asset, or any row, was at a time.
@Command(
        name = "as-of",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show what an asset and all its slices, or any row, were at a time, from the log alone.",
            "",
            "That is what the transactions committed up to then had left. Exit code 1 when it did"
                    + " not exist.",
            ""
        },
        footer = {
            "",
            "  ./darkroom as-of @-1h --asset 01a1fd1a-4213-7d99-a069-ef619694a93d",
            "  ./darkroom as-of 2026-11-01 --table thumbnails \\",
            "      --key 01a1fd1a-4213-7d99-a069-ef619694a93d/small --format json"
        })
final class AsOfCommand implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Parameters(
            paramLabel = "TIME",
            description =
                    "2026-11-01T12:00:00Z, 2026-11-01 (its first moment, UTC), or how long ago:"
                            + " @-90s, @-1h30m, @-7d. 'now' too.")
    private String time = "";

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    /// One of the two.
    private static final class What {
        @Option(names = "--asset", paramLabel = "ID", description = "An asset with its slices.")
        private @Nullable UUID asset;

        @ArgGroup(exclusive = false)
        private @Nullable OneRow row;
    }

    private static final class OneRow {
        @Option(
                names = "--table",
                required = true,
                paramLabel = "TABLE",
                description = "One row of this table.")
        private String table = "";

        @Option(
                names = "--key",
                required = true,
                paramLabel = "KEY",
                description = "Its primary key: the values with / between them, or JSON.")
        private String key = "";
    }

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "TABLE",
            description = "Default: table.")
    private Format format = Format.TABLE;

    private enum Format {
        TABLE,
        JSON
    }

    @Mixin private KafkaOption kafka = new KafkaOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Instant then = then();
        String bootstrapServers = kafka.bootstrapServers(data);
        try (AsOf asOf = new AsOf(bootstrapServers)) {
            return print(answer(asOf, then));
        } catch (KafkaException e) {
            throw CommandFailed.notRunning("Kafka does not answer at " + bootstrapServers, e);
        } catch (ChangeRecord.NotAChange e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private AsOf.Answer answer(AsOf asOf, Instant then) {
        if (what.asset != null) {
            return asOf.asset(what.asset.toString(), then);
        }
        OneRow row = Objects.requireNonNull(what.row);
        try {
            return asOf.row(row.table, row.key, then);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private int print(AsOf.Answer answer) {
        boolean screen = Terminal.errIsScreen();
        answer.reach()
                .doubts()
                .forEach(doubt -> System.err.println(Terminal.yellow("doubt: " + doubt, screen)));
        System.out.print(
                format == Format.JSON
                        ? AsOfText.json(answer) + "\n"
                        : AsOfText.table(answer, Terminal.columns()));
        System.out.flush();
        String read =
                "%s records read in %s"
                        .formatted(Terminal.count(answer.records()), Terminal.time(answer.took()));
        if (!answer.isEmpty()) {
            System.err.println(Terminal.dim(read, screen));
            return ExitCode.DONE;
        }
        Instant begin = answer.reach().beginsAt().orElse(Instant.MAX);
        System.err.println(
                answer.time().isBefore(begin)
                        ? "the log begins at "
                                + (begin.equals(Instant.MAX) ? "its first change" : begin)
                                + ", later than "
                                + answer.time()
                                + ": nothing is known of before"
                        : AsOfText.absence(answer));
        System.err.println(Terminal.dim(read, screen));
        return ExitCode.FAILED;
    }

    private Instant then() {
        Instant now = Instant.now();
        try {
            return time.equals("now")
                    ? now
                    : StartAt.time(time.startsWith("@") ? time.substring(1) : time, now);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
