package dev.darkroom.bench.streams;

import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.CaptureSlot;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.Migrations;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.schema.Role;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// Kafka and a migrated PostgreSQL, made so that filling `assets` costs little: no index but the
/// key's, no trigger.
final class StreamBackends implements AutoCloseable {
    static final String REPOSITORY = "00000000-0000-7000-8000-000000000001";

    /// An asset under a given id.
    static final String ONE_ROW =
            "insert into assets (asset_id, repository_id, asset_type, original_filename,"
                    + " storage_path, mime_type, file_size, content_hash, specific_metadata)"
                    + " values (?, '"
                    + REPOSITORY
                    + "', 'photo', 'IMG_1.jpg', 'repo://main/2026/1.jpg', 'image/jpeg', 4000000,"
                    + " 'sha256:' || repeat('ab', 32), jsonb_build_object('Note', repeat('x', 400)))";

    private static final String PASSWORD = "secret";

    private final Backends backends;
    private final Place place;

    private StreamBackends(Backends backends, Place place) {
        this.backends = backends;
        this.place = place;
    }

    static StreamBackends start(Path folder) throws Exception {
        // Durable, as in use: without, the log is sent when its writer wakes, every 200 ms.
        Backends backends = Backends.start(folder, BackendOptions.defaults());
        PostgresAddress postgres = backends.postgres();
        DatabaseAddress address = new DatabaseAddress(postgres.host(), postgres.port(), "darkroom");
        new Bootstrap(address, new Login(postgres.adminUser(), postgres.adminPassword()))
                .run(
                        Arrays.stream(Role.values())
                                .collect(Collectors.toMap(role -> role, _ -> PASSWORD)));
        new Migrations(address, new Login(Role.OWNER.roleName(), PASSWORD)).migrate();
        Login cdc = new Login(Role.CDC.roleName(), PASSWORD);
        new CaptureSlot(address, cdc).createBeforeTheFirstRow();
        StreamBackends made =
                new StreamBackends(
                        backends,
                        new Place(
                                new KafkaProperties(backends.bootstrapServers(), 6, (short) 1),
                                address,
                                cdc));
        made.prepare();
        return made;
    }

    private void prepare() throws Exception {
        administer("alter table assets disable trigger all");
        for (String index : bareIndexes()) {
            administer("drop index " + index);
        }
        administer(
                "insert into repositories (repository_id, name, path) values ('%s', 'main', '/p')"
                        .formatted(REPOSITORY));
    }

    private List<String> bareIndexes() throws SQLException {
        return Arrays.asList(
                query(
                                "select string_agg(indexrelid::regclass::text, ',') from pg_index"
                                        + " where indrelid = 'assets'::regclass and not exists"
                                        + " (select from pg_constraint c where c.conindid ="
                                        + " indexrelid)")
                        .split(",", -1));
    }

    void createSlot(String name) throws SQLException {
        administer("select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(name));
    }

    /// Lets no slot keep more log than what is written from now on.
    void advanceSlots() throws SQLException {
        administer(
                "select pg_replication_slot_advance(slot_name, pg_current_wal_lsn())"
                        + " from pg_replication_slots where not active");
    }

    void createTopic(String name) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                                backends.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, 6, (short) 1))).all().get();
        }
    }

    /// Rows of about 1.4 kB, as wide as the rows of photos are, in transactions of a thousand.
    void fill(int rows) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (int done = 0; done < rows; done += 1_000) {
                statement.execute(
                        ("insert into assets (repository_id, asset_type, original_filename,"
                                        + " storage_path, mime_type, file_size, content_hash, width, height,"
                                        + " orientation, taken_at, camera_make, camera_model, lens_model,"
                                        + " iso, aperture, shutter_speed, focal_length, latitude, longitude,"
                                        + " altitude, description, specific_metadata)"
                                        + " select '%s', 'photo', 'IMG_' || i || '.jpg', 'repo://main/2026/'"
                                        + " || md5(i::text) || '.jpg', 'image/jpeg', 4000000 + i, 'sha256:'"
                                        + " || md5(i || 'a') || md5(i || 'b'), 4032, 3024, 1, now(),"
                                        + " 'Canon', 'EOS R5', 'RF 24-105mm \"L\"', 100, 5.60, '1/250',"
                                        + " 85.00, 48.13743210, 11.57549010, 519.00, repeat('a picture of"
                                        + " something; ', 8), jsonb_build_object('Camera', 'EOS R5',"
                                        + " 'Flash', false, 'Exposure', i / 7.0, 'Keys', jsonb_build_array("
                                        + "md5(i || 'c'), md5(i || 'd'), md5(i || 'e'), md5(i || 'f')),"
                                        + " 'Note', repeat(md5(i || 'g'), 8)) from generate_series(%d, %d)"
                                        + " i")
                                .formatted(REPOSITORY, done + 1, done + 1_000));
            }
        }
    }

    /// Where the log ends.
    String position() throws SQLException {
        return query("select pg_current_wal_lsn()");
    }

    String megabytesSince(String position) throws SQLException {
        return query(
                "select round((pg_current_wal_lsn() - '%s'::pg_lsn) / 1e6)".formatted(position));
    }

    void administer(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    Connection connect() throws SQLException {
        return connect(place.address());
    }

    Connection connect(DatabaseAddress database) throws SQLException {
        Login admin = administrator();
        return DriverManager.getConnection(database.jdbcUrl(), admin.user(), admin.password());
    }

    Login administrator() {
        PostgresAddress postgres = backends.postgres();
        return new Login(postgres.adminUser(), postgres.adminPassword());
    }

    /// A migrated database without rows.
    void createCopy(String name) throws SQLException {
        DatabaseAddress copy = place.address().withName(name);
        new Bootstrap(copy, administrator()).run(Map.of());
        new Migrations(copy, administrator()).actingAs(Role.OWNER).migrate();
    }

    Place place() {
        return place;
    }

    @Override
    public void close() {
        backends.close();
    }
}
