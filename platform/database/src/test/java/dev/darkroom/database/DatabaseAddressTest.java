package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseAddressTest {
    @Test
    void namesOneServer() {
        assertThat(new DatabaseAddress("db", 5432, "darkroom").jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/darkroom");
        assertThat(new DatabaseAddress("[::1]", 5432, "darkroom").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:5432/darkroom");
    }

    @Test
    void looksForThePrimaryAmongSeveral() {
        assertThat(new DatabaseAddress("a,b:5433,[::1]:5434", 5432, "darkroom").jdbcUrl())
                .startsWith("jdbc:postgresql://a:5432,b:5433,[::1]:5434/darkroom?")
                .contains("targetServerType=primary");
    }

    @Test
    void refusesWhatIsNoListOfHosts() {
        assertThatThrownBy(() -> new DatabaseAddress("a,,b", 5432, "darkroom"))
                .hasMessageContaining("several separated by commas: a,,b");
        assertThatThrownBy(() -> new DatabaseAddress("a:70000", 5432, "darkroom"))
                .hasMessageContaining("must be 1 to 65535: 70000");
        assertThatThrownBy(() -> new DatabaseAddress("a?user=x", 5432, "darkroom"))
                .hasMessageContaining("the database host must be");
    }
}
