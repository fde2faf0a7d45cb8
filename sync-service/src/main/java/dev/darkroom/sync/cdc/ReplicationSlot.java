package dev.darkroom.sync.cdc;

import dev.darkroom.database.CaptureSlot;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.schema.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The replication slot: PostgreSQL's own memory of what has been published, and the only one.
///
/// It is made once, before the first row is written. Later on a slot that is missing or was
/// invalidated means changes that nobody can publish any more, so it is never made again silently.
final class ReplicationSlot implements AutoCloseable {
    static final String NAME = CaptureSlot.NAME;
    static final String PUBLICATION = "darkroom_cdc";

    private static final String REPAIR =
            " Changes since then are not on Kafka and cannot be read from the log any more. To go on,"
                    + " run ./darkroom stream repair: it makes a new slot and publishes what differs"
                    + " between tables and topics, while writers go on. With"
                    + " darkroom.sync.cdc.on-lost-slot=repair it is done at once.";

    private static final Logger log = LoggerFactory.getLogger(ReplicationSlot.class);

    private final DatabaseAddress address;
    private final Login login;
    private final Connection connection;

    private ReplicationSlot(DatabaseAddress address, Login login, Connection connection) {
        this.address = address;
        this.login = login;
        this.connection = connection;
    }

    static ReplicationSlot connect(DatabaseAddress address, Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("ApplicationName", "darkroom-cdc-slot");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "60");
        return new ReplicationSlot(
                address, login, DriverManager.getConnection(address.jdbcUrl(), properties));
    }

    /// Makes the slot when nothing was ever written, and makes sure that it is whole and free.
    ///
    /// @param published whether the topics already hold changes, which a first start cannot have
    /// @throws StreamLost when changes are lost for the stream
    void prepare(boolean published) throws SQLException {
        requirePublication();
        switch (status()) {
            case MISSING -> createFirst(published);
            case LOST ->
                    throw new StreamLost(
                            "the replication slot "
                                    + NAME
                                    + " was invalidated: PostgreSQL removed log it still needed"
                                    + " (see max_slot_wal_keep_size)."
                                    + REPAIR);
            case WHOLE -> {
                terminateWalSender();
                keepCopiesOnStandbys();
            }
        }
    }

    private enum Status {
        MISSING,
        LOST,
        WHOLE
    }

    private Status status() throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select wal_status, plugin, database = current_database() as here"
                                + " from pg_replication_slots where slot_name = ?")) {
            query.setString(1, NAME);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Status.MISSING;
                }
                if (!"pgoutput".equals(row.getString("plugin")) || !row.getBoolean("here")) {
                    throw new StreamLost(
                            "the replication slot "
                                    + NAME
                                    + " belongs to another database or plugin: drop it if nothing"
                                    + " needs it");
                }
                return "lost".equals(row.getString("wal_status")) ? Status.LOST : Status.WHOLE;
            }
        }
    }

    /// A slot that is older than its publication could not be decoded, so the migrations go first.
    private void requirePublication() throws SQLException {
        List<String> missing =
                new ArrayList<>(Arrays.stream(Table.values()).map(Table::tableName).toList());
        missing.add("outbox");
        missing.add("heartbeat");
        missing.removeAll(publishedTables());
        if (!missing.isEmpty()) {
            throw new StreamFailed(
                    "the publication "
                            + PUBLICATION
                            + " lacks the tables "
                            + missing
                            + ": run ./darkroom db migrate");
        }
    }

    private List<String> publishedTables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select tablename from pg_publication_tables where pubname = ?")) {
            query.setString(1, PUBLICATION);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
        }
        return tables;
    }

    private void createFirst(boolean published) throws SQLException {
        if (!published) {
            new CaptureSlot(address, login).createBeforeTheFirstRow();
        }
        if (status() == Status.MISSING) {
            throw new StreamLost(
                    "the replication slot "
                            + NAME
                            + " is missing although "
                            + (published ? "changes were published before" : "tables have rows")
                            + "."
                            + REPAIR);
        }
    }

    /// Makes a slot that begins here and now, in place of one that is lost.
    void makeAnew() throws SQLException {
        if (status() == Status.LOST) {
            terminateWalSender();
            try (PreparedStatement drop =
                    connection.prepareStatement("select pg_drop_replication_slot(?)")) {
                drop.setString(1, NAME);
                drop.execute();
            }
        }
        if (status() == Status.MISSING) {
            new CaptureSlot(address, login).createAnew();
            log.atWarn().addKeyValue("slot", NAME).log("a new slot was made, there is a gap");
        }
    }

    /// The lock of a dead leader can be free before its walsender is.
    private void terminateWalSender() throws SQLException {
        try (PreparedStatement terminate =
                connection.prepareStatement(
                        "select pg_terminate_backend(active_pid, 5000) from pg_replication_slots"
                                + " where slot_name = ? and active_pid is not null")) {
            terminate.setString(1, NAME);
            terminate.execute();
        }
    }

    /// A slot made by an older version would be lost with its server.
    private void keepCopiesOnStandbys() throws SQLException {
        if (new CaptureSlot(address, login).copyToStandbys()) {
            log.atInfo()
                    .addKeyValue("slot", NAME)
                    .log("the slot is copied to standbys from now on");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
