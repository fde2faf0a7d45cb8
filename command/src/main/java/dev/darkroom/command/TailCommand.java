package dev.darkroom.command;

import dev.darkroom.command.watch.Tail;
import dev.darkroom.command.watch.TailLines;
import dev.darkroom.command.watch.TailRequest;
import dev.darkroom.streams.BadExpression;
import dev.darkroom.streams.ChangeFilter;
import dev.darkroom.streams.ChangeFormat;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.Op;
import dev.darkroom.streams.PatternFormat;
import dev.darkroom.streams.StartAt;
import dev.darkroom.streams.TableFormat;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `darkroom tail`: changes and events as lines.
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write every change of every table to standard output, one line each, each once.",
            "Nothing else goes there, so it can be piped: ./darkroom tail | jq .value.after",
            ""
        },
        footer = {
            "",
            "--where is a condition in CEL, the Common Expression Language, over:",
            "  op         c, u, d, r or t        before  the row before, where it is logged",
            "  table      its name               after   the row afterwards",
            "  key        the primary key        row     after, or before a delete",
            "  lsn, tx    numbers                ts      time of the commit",
            "A comparison with null, or with a column that is not there, is not true.",
            "  'after.rating >= 4 && after.camera_make == \"Canon\"'",
            "  'op == \"u\" && before.file_path != after.file_path'",
            "  'row.status in [\"failed\", \"dead\"] && ts > timestamp(\"2026-11-01T00:00:00Z\")'",
            "",
            "--format takes json, table, or a pattern:",
            "  %%t table      %%v row: after, or before a delete   %%l LSN          %%p partition",
            "  %%k key        %%a after                            %%x transaction  %%O offset",
            "  %%o operation  %%b before                           %%T commit time  %%%% a %%",
            "  %%{column} one column's value; \\t and \\n are a tab and a line feed",
            "  '%%T %%o %%k %%{rating}'",
            "",
            "More, with examples: docs/tailing.md"
        })
final class TailCommand implements Callable<Integer> {
    private static final int BUFFER = 256 * 1024;

    @Mixin private DataOption data = new DataOption();

    @Mixin private KafkaOption kafka = new KafkaOption();

    @Option(
            names = "--table",
            split = ",",
            paramLabel = "TABLE",
            description = "Only changes of this table. Repeatable, or with commas.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--topic",
            split = ",",
            paramLabel = "TOPIC",
            description = "This topic, whatever is on it. Repeatable, or with commas.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = "--op",
            split = ",",
            paramLabel = "c|u|d|r|t",
            description =
                    "Only these operations: c create, u update, d delete, r read by a snapshot or a"
                            + " repair, t truncate. Default: all.")
    private List<String> ops = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "CEL",
            description = "Only changes for which this is true; see below.")
    private @Nullable String where;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            defaultValue = "end",
            description =
                    "Where to start in each partition: beginning, end, an offset, @-1h (what was"
                            + " published in the last hour: s, m, h, d, w) or"
                            + " @2026-01-01T00:00:00Z. Default: ${DEFAULT-VALUE}.")
    private String from = "end";

    @Option(names = "-n", paramLabel = "N", description = "End after this many lines.")
    private @Nullable Long limit;

    @Option(names = "--exit-at-end", description = "End where the topics end now.")
    private boolean exitAtEnd;

    @Option(
            names = "--format",
            paramLabel = "json|table|PATTERN",
            defaultValue = "json",
            description = "How a change looks; see below. Default: ${DEFAULT-VALUE}.")
    private String format = "json";

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "With --format table: these columns of the row.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--flat",
            description =
                    "JSON of the row alone, after or before a delete, with __op, __table, __lsn,"
                            + " __tx and __ts.")
    private boolean flat;

    @Option(
            names = "--envelope",
            description =
                    "JSON of the whole record: topic, partition, offset, time, headers, key, value."
                            + " The default.")
    private boolean envelope;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        TailLines lines = orUsage(this::lines);
        TailRequest request = orUsage(this::request);
        requireChanges(request, lines);
        String bootstrapServers = kafka.bootstrapServers(data);
        try (Tail tail = new Tail(bootstrapServers)) {
            if (Terminal.errIsScreen() && request.start() instanceof StartAt.End && !exitAtEnd) {
                say("waiting for what comes next; Ctrl-C ends it");
            }
            // Not System.out, which keeps it to itself when the reader has gone.
            OutputStream out =
                    new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
            run(tail, request, lines, out);
        } catch (KafkaException e) {
            throw CommandFailed.notRunning("Kafka does not answer at " + bootstrapServers, e);
        }
        return ExitCode.DONE;
    }

    /// Ctrl-C lets it finish its line and say what it has seen.
    private static void run(Tail tail, TailRequest request, TailLines lines, OutputStream out) {
        CountDownLatch finished = new CountDownLatch(1);
        Thread onSignal =
                Thread.ofPlatform()
                        .unstarted(
                                () -> {
                                    tail.stop();
                                    awaitQuietly(finished);
                                });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            tail.run(request, lines, out);
            summary(tail, request);
        } catch (IOException e) {
            // The reader has seen enough: head, or a pager that was left.
        } finally {
            finished.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch finished) {
        try {
            boolean _ = finished.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void summary(Tail tail, TailRequest request) {
        ChangeFilter filter = request.filter();
        if (Terminal.errIsScreen()) {
            say(
                    Terminal.count(tail.written())
                            + " written"
                            + (tail.duplicates() == 0
                                    ? ""
                                    : ", "
                                            + Terminal.count(tail.duplicates())
                                            + " duplicates left out"));
        }
        if (filter.unknown() > 0 && (tail.written() == 0 || Terminal.errIsScreen())) {
            say(
                    Terminal.count(filter.unknown())
                            + " did not match because a value in --where was null or not there");
        }
        if (filter.wrongType() > 0) {
            say(
                    Terminal.count(filter.wrongType())
                            + " did not match because --where cannot be evaluated on them: "
                            + filter.firstWrongType());
        }
    }

    private static void say(String text) {
        System.err.println(Terminal.dim(text, Terminal.errIsScreen()));
    }

    private TailRequest request() {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("-n must be positive: " + limit);
        }
        List<String> named = new ArrayList<>(topics);
        tables.forEach(table -> named.add(ChangeRecord.TOPIC_PREFIX + table.strip()));
        return new TailRequest(
                named,
                ChangeFilter.of(Op.of(ops), where),
                StartAt.of(from, Instant.now()),
                limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
                exitAtEnd);
    }

    private TailLines lines() {
        if (flat && envelope) {
            throw new IllegalArgumentException("--flat and --envelope exclude each other");
        }
        boolean json = format.equals("json");
        if (!json && (flat || envelope)) {
            throw new IllegalArgumentException(
                    "--flat and --envelope are forms of JSON; leave out --format " + format);
        }
        if (!columns.isEmpty() && !format.equals("table")) {
            throw new IllegalArgumentException("--columns needs --format table");
        }
        if (json) {
            return flat ? new TailLines.Changes(ChangeFormat.flat()) : new TailLines.Whole();
        }
        if (format.equals("table")) {
            return new TailLines.Changes(
                    new TableFormat(
                            columns,
                            Terminal.columns(),
                            Terminal.colour(Terminal.outIsScreen()),
                            ZoneId.systemDefault()));
        }
        if (!format.contains("%")) {
            throw new IllegalArgumentException(
                    "--format is json, table or a pattern such as '%T %o %k %{rating}': " + format);
        }
        return new TailLines.Changes(PatternFormat.of(format));
    }

    /// Events have no operation and no row.
    private void requireChanges(TailRequest request, TailLines lines) {
        for (String topic : topics) {
            if (!ChangeRecord.isChangeTopic(topic)
                    && !(request.filter().passesAll() && lines instanceof TailLines.Whole)) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        topic
                                + " is no topic of changes (cdc.*): --op, --where, --flat and"
                                + " --format are for changes");
            }
        }
    }

    private <T> T orUsage(Supplier<T> read) {
        try {
            return read.get();
        } catch (BadExpression e) {
            // The whole usage would push the caret off the screen.
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
