package dev.darkroom.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.embedded.TestBackends;
import dev.darkroom.schema.Role;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A database of its own, migrated, on the test JVM's real PostgreSQL, with a real Kafka beside it.
///
/// For tests of every service; the services' own configuration is pointed at it.
public final class MigratedDatabase {
    /// The password of every role in tests.
    public static final String PASSWORD = "secret";

    private final Backends backends;
    private final DatabaseAddress address;
    private final Login admin;
    private @Nullable JdbcClient asAdmin;

    private MigratedDatabase(Backends backends, DatabaseAddress address, Login admin) {
        this.backends = backends;
        this.address = address;
        this.admin = admin;
    }

    /// A fresh database, empty but for the migrations.
    public static MigratedDatabase create() throws SQLException {
        MigratedDatabase database = empty();
        database.migrations().migrate();
        return database;
    }

    /// A fresh database with roles and extensions, before any migration.
    public static MigratedDatabase empty() throws SQLException {
        Backends backends = TestBackends.shared();
        PostgresAddress postgres = backends.postgres();
        DatabaseAddress address =
                new DatabaseAddress(
                        postgres.host(),
                        postgres.port(),
                        "test_" + UUID.randomUUID().toString().replace("-", ""));
        Login admin = new Login(postgres.adminUser(), postgres.adminPassword());
        Map<Role, String> passwords = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            passwords.put(role, PASSWORD);
        }
        new Bootstrap(address, admin).run(passwords);
        return new MigratedDatabase(backends, address, admin);
    }

    public DatabaseAddress address() {
        return address;
    }

    public Login admin() {
        return admin;
    }

    public String bootstrapServers() {
        return backends.bootstrapServers();
    }

    public Migrations migrations() {
        return new Migrations(address, login(Role.OWNER));
    }

    public Login login(Role role) {
        return new Login(role.roleName(), PASSWORD);
    }

    /// A pool logged in as a role; close it with the test.
    public HikariDataSource pool(Role role) {
        return Pools.open(address, login(role), "test");
    }

    /// A client logged in as the administrator, for looking and for preparing.
    public synchronized JdbcClient asAdmin() {
        JdbcClient client = asAdmin;
        if (client == null) {
            client = JdbcClient.create(Pools.open(address, admin, "test-admin"));
            asAdmin = client;
        }
        return client;
    }
}
