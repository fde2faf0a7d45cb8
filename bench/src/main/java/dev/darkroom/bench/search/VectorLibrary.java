package dev.darkroom.bench.search;

import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.Migrations;
import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.schema.Role;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// A migrated PostgreSQL with many assets, each with a vector of 512 numbers in one space.
///
/// The vectors have 32 degrees of freedom and a little noise, as those that models make of photos
/// have twenty or so: in 512 independent ones everything is equally far from everything, and no
/// index of any kind finds its way. Every third photo is one of a burst, and near another.
final class VectorLibrary implements AutoCloseable {
    static final String PASSWORD = "bench";

    private static final int DIMENSION = 512;
    private static final int FREEDOM = 32;
    private static final float NOISE = .1f;
    private static final float BURST = .05f;
    private static final UUID SPACE = new UUID(0x7000, 0x8000_0000_0000_0001L);

    private final Backends backends;
    private final DatabaseAddress address;
    private final int size;

    private VectorLibrary(Backends backends, DatabaseAddress address, int size) {
        this.backends = backends;
        this.address = address;
        this.size = size;
    }

    static VectorLibrary make(Path folder, int size) throws Exception {
        Backends backends = Backends.start(folder, BackendOptions.defaults());
        PostgresAddress postgres = backends.postgres();
        DatabaseAddress address = new DatabaseAddress(postgres.host(), postgres.port(), "darkroom");
        new Bootstrap(address, new Login(postgres.adminUser(), postgres.adminPassword()))
                .run(
                        Arrays.stream(Role.values())
                                .collect(Collectors.toMap(role -> role, _ -> PASSWORD)));
        new Migrations(address, new Login(Role.OWNER.roleName(), PASSWORD)).migrate();
        VectorLibrary library = new VectorLibrary(backends, address, size);
        library.fill();
        return library;
    }

    DatabaseAddress address() {
        return address;
    }

    String bootstrapServers() {
        return backends.bootstrapServers();
    }

    /// A vector of length 1 that has nothing to do with any other.
    static float[] anyVector(Random random) {
        return vector(new float[0][], new float[0], random);
    }

    /// One of the assets.
    static UUID asset(int number) {
        return new UUID(0x7000, 0x9000_0000_0000_0000L | number);
    }

    private void fill() throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // No trigger fires, and no key is looked up.
            statement.execute("set session_replication_role = replica");
            statement.execute(
                    """
                    insert into repositories (repository_id, name, path)
                    values ('00000000-0000-7000-8000-000000000001', 'main', '/p')
                    """);
            statement.execute(
                    """
                    insert into assets (asset_id, repository_id, asset_type, original_filename, storage_path, mime_type,
                        file_size, content_hash, taken_at, camera_model)
                    select ('00000000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid,
                        '00000000-0000-7000-8000-000000000001', 'photo', 'IMG_' || i || '.jpg', 'repo://main/' || i,
                        'image/jpeg', 4000000, 'sha256:' || encode(sha256(i::text::bytea), 'hex'),
                        now() - i * interval '1 minute', 'Camera ' || i %% 100
                    from generate_series(0, %d) i
                    """
                            .formatted(size - 1));
            statement.execute(
                    """
                    insert into embedding_spaces (space_id, role, model_id, dimension, state, index_kind, activated_at)
                    values ('%s', 'visual', 'bench@1', %d, 'active', 'exact', now())
                    """
                            .formatted(SPACE, DIMENSION));
            copyVectors(connection);
            statement.execute("analyze");
        }
    }

    /// The index, built as embedding-worker builds it; how many seconds that took.
    double buildIndex() throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select build_space_index('%s', 'hnsw', null)".formatted(SPACE));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void copyVectors(Connection connection) throws SQLException, IOException {
        CopyIn copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy embeddings (asset_id, space_id, asset_version, dimension, embedding) from stdin (format binary)");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream rows = new DataOutputStream(bytes);
        rows.writeBytes("PGCOPY\n");
        rows.write(new byte[] {(byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0});
        Random random = new Random(1);
        float[][] directions = new float[FREEDOM][];
        Arrays.setAll(directions, _ -> gaussian(DIMENSION, random));
        float[] shown = gaussian(FREEDOM, random);
        for (int i = 0; i < size; i++) {
            shown = i % 3 == 0 ? near(shown, random) : gaussian(FREEDOM, random);
            writeRow(rows, asset(i), vector(directions, shown, random));
            if (bytes.size() > 1 << 20) {
                copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
                bytes.reset();
            }
        }
        rows.writeShort(-1);
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        copy.endCopy();
    }

    /// pgvector's binary form of a halfvec: how many numbers, nothing, the numbers.
    private static void writeRow(DataOutputStream rows, UUID asset, float[] vector)
            throws IOException {
        rows.writeShort(5);
        writeId(rows, asset);
        writeId(rows, SPACE);
        rows.writeInt(Long.BYTES);
        rows.writeLong(1);
        rows.writeInt(Integer.BYTES);
        rows.writeInt(DIMENSION);
        rows.writeInt(2 * Short.BYTES + DIMENSION * Short.BYTES);
        rows.writeShort(DIMENSION);
        rows.writeShort(0);
        for (float value : vector) {
            rows.writeShort(Float.floatToFloat16(value));
        }
    }

    private static void writeId(DataOutputStream rows, UUID id) throws IOException {
        rows.writeInt(2 * Long.BYTES);
        rows.writeLong(id.getMostSignificantBits());
        rows.writeLong(id.getLeastSignificantBits());
    }

    private static float[] near(float[] shown, Random random) {
        float[] moved = shown.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += BURST * (float) random.nextGaussian();
        }
        return moved;
    }

    private static float[] vector(float[][] directions, float[] shown, Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < shown.length; i++) {
            float share = shown[i] / (float) Math.sqrt(FREEDOM);
            for (int k = 0; k < DIMENSION; k++) {
                vector[k] += share * directions[i][k];
            }
        }
        double sum = 0;
        for (int k = 0; k < DIMENSION; k++) {
            vector[k] += NOISE * (float) random.nextGaussian();
            sum += vector[k] * vector[k];
        }
        float length = (float) Math.sqrt(sum);
        for (int k = 0; k < DIMENSION; k++) {
            vector[k] /= length;
        }
        return vector;
    }

    private static float[] gaussian(int numbers, Random random) {
        float[] vector = new float[numbers];
        for (int i = 0; i < numbers; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private Connection connect() throws SQLException {
        PostgresAddress postgres = backends.postgres();
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/darkroom".formatted(postgres.host(), postgres.port()),
                postgres.adminUser(),
                postgres.adminPassword());
    }

    @Override
    public void close() {
        backends.close();
    }
}
