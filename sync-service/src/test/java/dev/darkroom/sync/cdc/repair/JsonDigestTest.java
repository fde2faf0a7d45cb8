package dev.darkroom.sync.cdc.repair;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonDigestTest {
    private final JsonDigest digests = new JsonDigest();

    @Test
    void isTheSameForTheSameRowHoweverItIsWritten() {
        assertThat(row("{\"after\":{\"a\":1,\"b\":\"\\u00fc\",\"c\":{\"x\":[1,null]}}}"))
                .isEqualTo(
                        row(
                                "{ \"before\": {\"a\": 7}, \"after\":"
                                        + " {\"c\": {\"x\": [1, null]}, \"b\": \"ü\", \"a\": 1}}"));
    }

    @Test
    void differsWhereAnyValueDoes() {
        long row = row("{\"after\":{\"a\":1.5,\"b\":\"x\",\"c\":null}}");

        assertThat(row("{\"after\":{\"a\":1.50,\"b\":\"x\",\"c\":null}}")).isNotEqualTo(row);
        assertThat(row("{\"after\":{\"a\":\"1.5\",\"b\":\"x\",\"c\":null}}")).isNotEqualTo(row);
        assertThat(row("{\"after\":{\"a\":1.5,\"b\":\"\",\"c\":\"x\"}}")).isNotEqualTo(row);
        assertThat(row("{\"after\":{\"a\":1.5,\"b\":\"x\"}}")).isNotEqualTo(row);
        assertThat(row("{\"after\":{\"b\":1.5,\"a\":\"x\",\"c\":null}}")).isNotEqualTo(row);
    }

    @Test
    void keepsTheLargeValuesOfALargeRowByThemselves() {
        String large = "x".repeat(3_000);
        JsonDigest.Row whole = digests.ofRow(utf8("{\"after\":{\"a\":1,\"b\":\"" + large + "\"}}"));
        JsonDigest.Row part =
                digests.ofRow(utf8("{\"after\":{\"a\":1},\"unchanged\":[\"b\"],\"op\":\"u\"}"));

        assertThat(part.unchanged()).containsExactly("b");
        assertThat(part.row() + whole.large().getOrDefault("b", 0L)).isEqualTo(whole.row());
    }

    private long row(String json) {
        return digests.ofRow(utf8(json)).row();
    }

    private static byte[] utf8(String json) {
        return json.getBytes(UTF_8);
    }
}
