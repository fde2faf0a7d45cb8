package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.util.unit.DataSize;

/// A Kafka and a migrated PostgreSQL of one test class's own: slot and topics have fixed names, and
/// some tests restart the engines under the stream.
public final class StreamHouse implements AutoCloseable {
    static final String PASSWORD = "secret";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private Backends postgres;
    private Backends kafka;
    private final TopicReader reader;
    private @Nullable StandbyServer standby;

    private StreamHouse(Path folder, Backends postgres, Backends kafka) {
        this.folder = folder;
        this.postgres = postgres;
        this.kafka = kafka;
        this.reader = new TopicReader(kafka.bootstrapServers());
    }

    /// Starts both engines.
    ///
    /// @param folder empty, and deleted by whoever made it
    public static StreamHouse open(Path folder) throws IOException {
        MigratedPostgres.copyTo(folder.resolve("postgres"));
        Backends postgres = startPostgres(folder);
        return new StreamHouse(folder, postgres, startKafka(folder, postgres));
    }

    private static Backends startPostgres(Path folder) {
        return Backends.startPostgres(folder.resolve("postgres"), options());
    }

    /// A second set that is given the first one's PostgreSQL, so that each can be restarted alone.
    private static Backends startKafka(Path folder, Backends postgres) {
        PostgresAddress given = postgres.postgres();
        return Backends.start(
                folder.resolve("kafka"),
                options()
                        .withPostgresUrl(
                                given.jdbcUrl("postgres")
                                        + "?user="
                                        + given.adminUser()
                                        + "&password="
                                        + given.adminPassword()));
    }

    static BackendOptions options() {
        return BackendOptions.defaults().withDurable(false);
    }

    void restartKafka() {
        stopKafka();
        startKafka();
    }

    void stopKafka() {
        kafka.close();
    }

    void startKafka() {
        kafka = startKafka(folder, postgres);
    }

    void restartPostgres() {
        postgres.close();
        postgres = startPostgres(folder);
    }

    /// kill -9 of the server, all its processes, and a new start, which recovers.
    void killAndRestartPostgres() throws IOException {
        primaryFolder().kill();
        restartPostgres();
    }

    /// From now on the address names two servers, of which one is the primary.
    StandbyServer addStandby() throws SQLException, IOException {
        standby =
                StandbyServer.follow(
                        postgres.postgres(), folder.resolve("postgres"), folder.resolve("standby"));
        return standby;
    }

    PostgresFolder primaryFolder() {
        return PostgresFolder.of(folder.resolve("postgres"));
    }

    PostgresFolder standbyFolder() {
        return PostgresFolder.of(folder.resolve("standby"));
    }

    /// Where the instances in JVMs of their own log.
    File childLog() {
        return folder.resolve("children.log").toFile();
    }

    public DatabaseAddress address() {
        PostgresAddress server = postgres.postgres();
        return new DatabaseAddress(hosts(server), server.port(), "darkroom");
    }

    private String hosts(PostgresAddress server) {
        if (standby == null) {
            return server.host();
        }
        PostgresAddress other = standby.address();
        return "%s:%d,%s:%d".formatted(server.host(), server.port(), other.host(), other.port());
    }

    KafkaProperties kafka() {
        return new KafkaProperties(kafka.bootstrapServers(), 3, (short) -1);
    }

    ChangeStreams stream() {
        return stream(CdcProperties.defaults().maxRecordSize());
    }

    ChangeStreams stream(DataSize maxRecordSize) {
        return new ChangeStreams(settings(maxRecordSize), kafka(), address(), login(Role.CDC));
    }

    static CdcProperties settings() {
        return settings(CdcProperties.defaults().maxRecordSize());
    }

    private static CdcProperties settings(DataSize maxRecordSize) {
        return settings(maxRecordSize, OnLostSlot.STOP);
    }

    /// The defaults, but for a heartbeat so quick that nobody waits for the slot to move.
    static CdcProperties settings(DataSize maxRecordSize, OnLostSlot onLostSlot) {
        CdcProperties defaults = CdcProperties.defaults();
        return new CdcProperties(
                PASSWORD,
                Duration.ofMillis(200),
                defaults.standbyInterval(),
                Duration.ofSeconds(8),
                defaults.minBackoff(),
                defaults.maxBackoff(),
                maxRecordSize,
                onLostSlot);
    }

    public static Login login(Role role) {
        return new Login(role.roleName(), PASSWORD);
    }

    Connection connect(Role role) throws SQLException {
        Login login = login(role);
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(address().jdbcUrl(), properties);
    }

    public Connection connectAsAdmin() throws SQLException {
        PostgresAddress admin = postgres.postgres();
        return DriverManager.getConnection(
                address().jdbcUrl(), admin.adminUser(), admin.adminPassword());
    }

    /// Runs statements as ingest-service, in one transaction.
    void write(String... statements) throws SQLException {
        writeAs(Role.INGEST, statements);
    }

    void writeAs(Role role, String... statements) throws SQLException {
        try (Connection connection = connect(role);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /// COPY as ingest-service: where no trigger forbids it, PostgreSQL logs a page of rows at once.
    void copy(String command, String rows) throws SQLException, IOException {
        try (Connection connection = connect(Role.INGEST)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(command, new StringReader(rows));
        }
    }

    public void administer(String sql) throws SQLException {
        try (Connection connection = connectAsAdmin();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public String query(String sql) throws SQLException {
        try (Connection connection = connectAsAdmin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /// All records of a topic, from its beginning to its present end.
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        reader.read(List.of(topic), records::add);
        return records;
    }

    /// All records of all tables.
    Map<Table, List<ConsumerRecord<byte[], byte[]>>> changes() {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
        reader.read(
                Arrays.stream(Table.values()).map(Table::changeTopic).toList(),
                record ->
                        topics.computeIfAbsent(record.topic(), _ -> new ArrayList<>()).add(record));
        Map<Table, List<ConsumerRecord<byte[], byte[]>>> records = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            records.put(table, topics.getOrDefault(table.changeTopic(), List.of()));
        }
        return records;
    }

    /// How many records a topic holds.
    long count(String topic) {
        return reader.count(topic);
    }

    /// Waits until the slot has moved past all that is committed now, so everything is published.
    void awaitPublished() throws Exception {
        String end = query("select pg_current_wal_insert_lsn()");
        await(
                "the slot to pass " + end,
                () ->
                        query(
                                        "select confirmed_flush_lsn >= '"
                                                + end
                                                + "' from pg_replication_slots where slot_name ="
                                                + " 'darkroom_cdc'")
                                .equals("t"));
    }

    /// Moves the slot to the log's end behind everybody's back: what is written is never published.
    void skipTheLog() throws Exception {
        await(
                "the slot to be free",
                () -> query("select active from pg_replication_slots").equals("f"));
        // What is not on disk yet cannot be skipped.
        administer("checkpoint");
        administer(
                "select pg_replication_slot_advance('darkroom_cdc', pg_current_wal_insert_lsn())");
    }

    public static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        kafka.close();
        if (standby != null) {
            standby.close();
        }
        postgres.close();
    }
}
