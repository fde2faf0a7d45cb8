package dev.darkroom.command.rebuild;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import dev.darkroom.schema.Table;
import dev.darkroom.streams.RowText;
import dev.darkroom.streams.TopicReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Makes a copy of the tables from their topics alone.
///
/// The copy holds the transactions that were committed up to a time, whole. Without one it is the
/// newest commit that stands in any topic at the start; whatever of older transactions is still
/// under way to Kafka gets a moment to arrive. All is one transaction: a copy that fails leaves
/// nothing.
public final class Rebuild {
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int FETCH = 32 << 20;

    private final RebuildRequest request;
    private final Consumer<String> progress;

    /// One copy.
    ///
    /// @param progress hears what is being done
    public Rebuild(RebuildRequest request, Consumer<String> progress) {
        this.request = request;
        this.progress = progress;
    }

    /// The copy.
    ///
    /// @param asOf everything committed up to then is in it
    /// @param leftOut foreign keys to tables that are not in it
    public record Copy(Instant asOf, List<RebuiltTable> tables, List<String> leftOut) {
        public Copy {
            tables = List.copyOf(tables);
            leftOut = List.copyOf(leftOut);
        }
    }

    /// Makes the copy.
    ///
    /// @throws CommandFailed when the topics are incomplete, the target cannot take the copy, or
    ///   the copy is not what the topics say
    public Copy run() throws SQLException, InterruptedException {
        try (TopicReader reader =
                        new TopicReader(request.bootstrapServers(), "darkroom-rebuild", FETCH);
                Connection connection = new CopyTarget(request).prepare()) {
            requireWholeTopics(reader);
            Instant asOf = asOf(reader);
            execute(connection, "create schema " + TableCopy.WORKSHOP);
            execute(connection, "set local work_mem = '64MB'");
            execute(connection, "set local maintenance_work_mem = '256MB'");
            SetAside aside = SetAside.from(connection, request.tables());
            List<Made> made = new ArrayList<>();
            for (Table table : request.tables()) {
                TableCopy copy = new TableCopy(connection, table);
                made.add(make(reader, table, copy, asOf));
            }
            progress.accept("indexes and foreign keys");
            aside.bringBack();
            List<RebuiltTable> tables = new ArrayList<>();
            for (Made one : made) {
                tables.add(one.checked(one.copy().verify()));
            }
            execute(connection, "drop schema " + TableCopy.WORKSHOP + " cascade");
            connection.commit();
            return new Copy(asOf, tables, aside.leftOut());
        }
    }

    private void requireWholeTopics(TopicReader reader) {
        Set<String> there = reader.topics();
        for (Table table : request.tables()) {
            if (!there.contains(table.changeTopic())) {
                throw new CommandFailed(
                        ExitCode.FAILED, "there is no topic " + table.changeTopic());
            }
        }
        reader.assign(request.tables().stream().map(Table::changeTopic).toList());
        reader.dropped()
                .forEach(
                        (topic, records) -> {
                            if (records > 0) {
                                throw new CommandFailed(
                                        ExitCode.FAILED,
                                        "Kafka has dropped the first %d records of %s: a copy from what is left would lack rows"
                                                .formatted(records, topic));
                            }
                        });
    }

    private Instant asOf(TopicReader reader) throws InterruptedException {
        if (request.until().isPresent()) {
            return request.until().get();
        }
        Instant newest =
                reader.lastRecords().stream()
                        .map(record -> RowText.of(record).committedAt())
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH);
        Thread.sleep(UNDER_WAY);
        return newest;
    }

    private record Made(
            Table table,
            TableCopy copy,
            long rows,
            long changes,
            long duplicates,
            long later,
            Duration took) {
        RebuiltTable checked(String checksum) {
            return new RebuiltTable(table, rows, changes, duplicates, later, took, checksum);
        }
    }

    private Made make(TopicReader reader, Table table, TableCopy copy, Instant asOf)
            throws SQLException {
        progress.accept(table.tableName());
        long begun = System.nanoTime();
        long changes = 0;
        long later = 0;
        reader.assign(List.of(table.changeTopic()));
        reader.endHere();
        try (TableCopy.Changes into = copy.open()) {
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(LOOK)) {
                    RowText change = RowText.of(record);
                    if (change.committedAt().isAfter(asOf)) {
                        later++;
                    } else {
                        into.add(change);
                        changes++;
                    }
                }
            }
            into.end();
        }
        long rows = copy.insertRows();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new Made(table, copy, rows, changes, copy.duplicates(), later, took);
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}
