package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {

    @Test
    void readsAUrlAndKeepsItsOtherParameters() {
        PostgresAddress address =
                PostgresAddress.parse(
                        "jdbc:postgresql://db.example/any?sslmode=require&user=me&password=p%26w&a=b");
        assertThat(address)
                .isEqualTo(
                        new PostgresAddress(
                                "db.example", 5432, "me", "p&w", "sslmode=require&a=b"));
        assertThat(address.jdbcUrl("darkroom"))
                .isEqualTo("jdbc:postgresql://db.example:5432/darkroom?sslmode=require&a=b");
    }

    @Test
    void keepsThePasswordToItself() {
        assertThat(new PostgresAddress("localhost", 5432, "me", "secret").toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/any?user=u&password=secret",
                "jdbc:postgresql://a:1,b:2/any?user=u&password=secret",
                "jdbc:postgresql://db/any?password=secret",
                "jdbc:postgresql://db/a b?user=u&password=secret",
                "postgresql://db/any?user=u&password=secret"
            })
    void refusesWhatItCannotUseWithoutQuotingThePassword(String url) {
        assertThatThrownBy(() -> PostgresAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected jdbc:postgresql://host:port/database")
                .hasMessageNotContaining("secret");
    }
}
