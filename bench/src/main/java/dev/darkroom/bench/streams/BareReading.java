package dev.darkroom.bench.streams;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.schema.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/// The floors of reading: bytes, untouched.
final class BareReading {
    private static final String TOPIC = Table.ASSETS.changeTopic();

    private final StreamBackends backends;

    BareReading(StreamBackends backends) {
        this.backends = backends;
    }

    /// Writes each value as a line to nowhere.
    ///
    /// @return how many
    long consume() throws IOException {
        long records = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                OutputStream lines = new BufferedOutputStream(OutputStream.nullOutputStream())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(TOPIC).stream()
                            .map(info -> new TopicPartition(TOPIC, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long ends = consumer.endOffsets(partitions).values().stream().mapToLong(e -> e).sum();
            while (records < ends) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    lines.write(record.value());
                    lines.write('\n');
                    records++;
                }
            }
        }
        return records;
    }

    /// With the same sizes as `tail`.
    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        backends.place().kafka().bootstrapServers(),
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        16 << 20,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        4 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// Pipes the rows from table to table, without triggers, and makes the indexes behind them.
    ///
    /// @return how many
    long copy(DatabaseAddress target) throws SQLException {
        try (Connection from = backends.connect();
                Connection to = backends.connect(target);
                Statement there = to.createStatement()) {
            there.execute("set session_replication_role = replica");
            there.execute("set maintenance_work_mem = '256MB'");
            to.setAutoCommit(false);
            List<String> indexes = dropIndexes(there);
            copy(from, to, "repositories");
            long rows = copy(from, to, "assets");
            for (String index : indexes) {
                there.execute(index);
            }
            to.commit();
            return rows;
        }
    }

    private static List<String> dropIndexes(Statement there) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> definitions = new ArrayList<>();
        try (ResultSet row =
                there.executeQuery(
                        "select indexrelid::regclass::text, pg_get_indexdef(indexrelid)"
                                + " from pg_index where indrelid = 'assets'::regclass and not exists"
                                + " (select from pg_constraint where conindid = indexrelid)")) {
            while (row.next()) {
                names.add(row.getString(1));
                definitions.add(row.getString(2));
            }
        }
        there.execute("drop index " + String.join(", ", names));
        return definitions;
    }

    private static long copy(Connection from, Connection to, String table) throws SQLException {
        String columns = columns(from, table);
        CopyManager source = from.unwrap(PGConnection.class).getCopyAPI();
        CopyManager sink = to.unwrap(PGConnection.class).getCopyAPI();
        CopyOut out = source.copyOut("copy %s (%s) to stdout".formatted(table, columns));
        CopyIn in = sink.copyIn("copy %s (%s) from stdin".formatted(table, columns));
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            in.writeToCopy(row, 0, row.length);
        }
        return in.endCopy();
    }

    private static String columns(Connection from, String table) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select string_agg(quote_ident(attname), ',') from pg_attribute"
                                        + " where attrelid = '"
                                        + table
                                        + "'::regclass and attnum > 0 and not attisdropped"
                                        + " and attgenerated = ''")) {
            row.next();
            return row.getString(1);
        }
    }
}
