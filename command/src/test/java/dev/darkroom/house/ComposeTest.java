package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The containers are the services that `up` starts, each with its own role's password.
class ComposeTest {
    private final String compose = Sources.read(Path.of("docker-compose.yml"));

    @Test
    void everyServiceThatUpStartsHasAContainer() {
        assertThat(FlowFacts.services())
                .allSatisfy(
                        service ->
                                assertThat(compose)
                                        .contains("\n  " + service.folder() + ":\n")
                                        .contains("image: darkroom/" + service.folder() + ":")
                                        .contains(
                                                "DARKROOM_DATABASE_PASSWORD: ${DARKROOM_PASSWORD_"
                                                        + service.role()));
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleIsGivenAPassword(Role role) {
        assertThat(compose).contains("DARKROOM_PASSWORD_" + role + ": ${");
        assertThat(Sources.read(Path.of("deploy", "example.env")))
                .contains("DARKROOM_PASSWORD_" + role + "=");
    }
}
