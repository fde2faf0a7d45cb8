package dev.darkroom.command.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.schema.Role;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesEnvironmentTest {
    private static Map<String, String> complete() {
        Map<String, String> environment = new HashMap<>();
        environment.put("DARKROOM_DATABASE_HOST", "db");
        for (Role role : Role.values()) {
            environment.put("DARKROOM_PASSWORD_" + role.name(), "secret-" + role);
        }
        return environment;
    }

    @Test
    void readsTheDatabaseAndEveryPassword() {
        TablesEnvironment settings = new TablesEnvironment(complete());

        assertThat(settings.address()).isEqualTo(new DatabaseAddress("db", 5432, "darkroom"));
        assertThat(settings.passwords()).hasSize(Role.values().length);
        assertThat(settings.owner().user()).isEqualTo("darkroom_owner");
        assertThat(settings.admin()).isEmpty();
    }

    @Test
    void namesThePasswordThatIsMissing() {
        Map<String, String> environment = complete();
        environment.remove("DARKROOM_PASSWORD_CDC");

        assertThatThrownBy(() -> new TablesEnvironment(environment).passwords())
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("DARKROOM_PASSWORD_CDC");
    }

    @Test
    void readsADatabaseUrl() {
        assertThat(TablesAccess.address("jdbc:postgresql://db.example:5433/photos"))
                .isEqualTo(new DatabaseAddress("db.example", 5433, "photos"));
        assertThatThrownBy(() -> TablesAccess.address("postgres://db/photos"))
                .hasMessageContaining("jdbc:postgresql://HOST:PORT/DATABASE");
    }
}
