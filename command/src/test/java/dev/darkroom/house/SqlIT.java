package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.schema.Role;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;

/// Every statement of the project fits the migrated schema and the grants of the role that runs it
/// (R26). PostgreSQL plans each one and runs none.
class SqlIT {
    private static MigratedDatabase database;

    @BeforeAll
    static void migrate() throws SQLException {
        database = MigratedDatabase.create();
    }

    static List<SqlStatements.Statement> statements() {
        return SqlStatements.all();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void fitsTheSchemaAndTheGrants(SqlStatements.Statement statement) throws SQLException {
        assertThat(statement.roles())
                .as("%s is run by no service: delete it", statement.name())
                .isNotEmpty();
        for (Role role : statement.roles()) {
            try {
                plan(role, statement.text());
            } catch (SQLException e) {
                fail(
                        "%s does not run as %s: %s%n%s"
                                .formatted(
                                        statement.name(),
                                        role.roleName(),
                                        e.getMessage(),
                                        statement.text()),
                        e);
            }
        }
    }

    @Test
    void aStatementOfThePlatformRunsAsEveryServiceThatUsesIt() {
        assertThat(rolesOf("Outbox.ADD")).containsExactlyInAnyOrder(Role.INGEST, Role.LIBRARY);
        assertThat(rolesOf("AssetLedger.BEGIN"))
                .containsExactlyInAnyOrder(Role.THUMBNAIL, Role.EMBEDDING);
    }

    @Test
    void everyStatementStandsInAStaticFinalField() {
        assertThat(SqlStatements.hidden()).isEmpty();
    }

    static Stream<String> mistakes() {
        return Stream.of(
                "select nothing from assets",
                "select asset_id from albums_of_yesterday where asset_id = :id",
                "select asset_id from assets where asset_id = :id and",
                "select asset_id from assets where width = :a::uuid");
    }

    /// So that the test above is known to notice.
    @ParameterizedTest
    @MethodSource("mistakes")
    void noticesAStatementThatDoesNotFitTheSchema(String mistake) {
        assertThatThrownBy(() -> plan(Role.LIBRARY, mistake)).isInstanceOf(SQLException.class);
    }

    static Stream<String> trespasses() {
        return Stream.of(
                "insert into thumbnails (asset_id, size) values (:id::uuid, :size)",
                "update assets set mime_type = :mime where asset_id = :id",
                "delete from processing_tasks where asset_id = :id",
                "with gone as (delete from assets where asset_id = :id returning 1) select * from gone");
    }

    @ParameterizedTest
    @MethodSource("trespasses")
    void noticesAWriteToATableOfAnother(String trespass) {
        assertThatThrownBy(() -> plan(Role.LIBRARY, trespass))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    /// Parses the statement as the driver sends it, then plans it: that is where PostgreSQL looks
    /// at the grants.
    private static void plan(Role role, String text) throws SQLException {
        assertThat(text).as("a ? would be taken for a parameter").doesNotContain("?");
        String positional =
                NamedParameterUtils.substituteNamedParameters(
                        NamedParameterUtils.parseSqlStatement(text),
                        EmptySqlParameterSource.INSTANCE);
        try (Connection connection = connect(role, "extended");
                PreparedStatement statement = connection.prepareStatement(positional)) {
            statement.getParameterMetaData();
        }
        // Only the simple protocol lets parameters stand without values.
        try (Connection connection = connect(role, "simple");
                Statement statement = connection.createStatement()) {
            statement.execute("explain (generic_plan) " + numbered(positional));
        }
    }

    private static Connection connect(Role role, String queryMode) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.login(role).user());
        properties.setProperty("password", database.login(role).password());
        properties.setProperty("preferQueryMode", queryMode);
        return DriverManager.getConnection(database.address().jdbcUrl(), properties);
    }

    private static String numbered(String positional) {
        StringBuilder numbered = new StringBuilder();
        int parameter = 0;
        for (int i = 0; i < positional.length(); i++) {
            char c = positional.charAt(i);
            if (c == '?') {
                numbered.append('$').append(++parameter);
            } else {
                numbered.append(c);
            }
        }
        return numbered.toString();
    }

    private static Set<Role> rolesOf(String name) {
        return SqlStatements.all().stream()
                .filter(statement -> statement.name().endsWith(name))
                .findFirst()
                .orElseThrow()
                .roles();
    }
}
