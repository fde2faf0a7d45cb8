package dev.darkroom.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeFilterTest {
    private static final String ROW =
            "{\"rating\":4,\"camera_make\":\"Canon\",\"aperture\":2.80,\"iso\":null,\"liked\":true,"
                    + "\"keywords\":[\"sea\",\"sun\"],\"meta\":{\"a\":{\"b\":1}},\"big\":12345678901234567890,"
                    + "\"taken_at\":\"2026-01-02T03:04:05.000006Z\",\"size\":\"small\"}";

    private static final ChangeRecord CREATED = Changes.change("c", 42, null, ROW);
    private static final ChangeRecord UPDATED =
            Changes.change("u", 43, "{\"rating\":2,\"liked\":true}", ROW);
    private static final ChangeRecord DELETED = Changes.change("d", 44, "{\"rating\":4}", null);

    private static ChangeFilter where(String expression) {
        return ChangeFilter.of(Op.of(List.of()), expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after.rating >= 4 && after.camera_make == \"Canon\"",
                "after.rating == 4.0",
                "after.aperture > 2",
                "after.aperture <= 2.8 && after.liked",
                "after.iso == null",
                "after.taken_at > \"2026-01-01\"",
                "timestamp(after.taken_at) < ts",
                "ts - timestamp(after.taken_at) > duration(\"24h\")",
                "\"sea\" in after.keywords && after.keywords.size() == 2",
                "after.keywords.exists(k, k.startsWith(\"su\"))",
                "after.meta.a.b == 1",
                "after[\"size\"] == \"small\"",
                "after.big > 9.0e18",
                "key.id == 1 && table == \"assets\" && lsn == 42 && tx == 7 && op == \"c\"",
                "row.rating == 4",
                "!has(before.rating)",
                "after.camera_make.matches(\"^C.n\")",
                "after.nothing == 1 || after.rating == 4"
            })
    void matches(String expression) {
        assertThat(where(expression).matches(CREATED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after.iso > 100",
                "after.iso < 100",
                "!after.iso",
                "after.iso",
                "after.nothing == 1",
                "after.nothing != 1",
                "before.rating < 4",
                "after.iso + 1 > 0 && after.rating == 4"
            })
    void nullAndAbsentAreNeverTrueAndNoMistake(String expression) {
        ChangeFilter filter = where(expression);

        assertThat(filter.matches(CREATED)).isFalse();
        assertThat(filter.unknown()).isEqualTo(1);
        assertThat(filter.wrongType()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"after.camera_make >= 4", "after.rating", "after.liked + 1 == 2"})
    void countsRowsWhoseTypesDoNotFit(String expression) {
        ChangeFilter filter = where(expression);

        assertThat(filter.matches(CREATED)).isFalse();
        assertThat(filter.matches(UPDATED)).isFalse();
        assertThat(filter.wrongType()).isEqualTo(2);
        assertThat(filter.firstWrongType()).isNotEmpty();
    }

    @Test
    void comparesBeforeAndAfter() {
        ChangeFilter filter = where("before.rating != after.rating");

        assertThat(filter.matches(UPDATED)).isTrue();
        assertThat(filter.matches(CREATED)).isFalse();
    }

    @Test
    void theRowOfADeleteIsTheOneBefore() {
        assertThat(where("row.rating == 4").matches(DELETED)).isTrue();
        assertThat(where("after.rating == 4").matches(DELETED)).isFalse();
    }

    @Test
    void filtersByOperation() {
        ChangeFilter filter = ChangeFilter.of(Set.of(Op.UPDATE, Op.DELETE), null);

        assertThat(filter.passesAll()).isFalse();
        assertThat(List.of(CREATED, UPDATED, DELETED).stream().filter(filter::matches))
                .containsExactly(UPDATED, DELETED);
    }

    @Test
    void withoutOperationsAndConditionEverythingPasses() {
        assertThat(ChangeFilter.of(Op.of(List.of()), null).passesAll()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "after.rating >=  | 1 | 16 | it ends too early; expected a value",
                "rating > 3       | 1 | 1  | there is no 'rating'; expected one of after, before",
                "op + 1 == 2      | 1 | 4  | + does not go with (string, int)",
                "op               | 1 | 1  | a value of type string",
                "after.a && size(op) | 1 | 9 | && does not go with",
                "after.a = 1      | 1 | 9  | ="
            })
    void saysWhereAnExpressionIsWrongAndWhatWasExpected(
            String expression, int line, int column, String reason) {
        assertThatThrownBy(() -> where(expression))
                .isInstanceOfSatisfying(
                        BadExpression.class,
                        bad -> {
                            assertThat(bad.line()).isEqualTo(line);
                            assertThat(bad.column()).isEqualTo(column);
                            assertThat(bad.reason()).contains(reason);
                            assertThat(bad.getMessage())
                                    .contains("line " + line + ", column " + column)
                                    .contains("\n  " + expression)
                                    .contains("\n  " + " ".repeat(column - 1) + "^")
                                    .contains("for example: ");
                        });
    }

    @Test
    void findsTheLineOfAMistake() {
        assertThatThrownBy(() -> where("after.a == 1 &&\n  aftr.b == 2"))
                .hasMessageContaining("line 2, column 3")
                .hasMessageContaining("\n    aftr.b == 2\n    ^");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "1"})
    void refusesWhatIsNoCondition(String expression) {
        assertThatThrownBy(() -> where(expression)).isInstanceOf(BadExpression.class);
    }

    @Test
    void refusesALetterThatIsNoOperation() {
        assertThatThrownBy(() -> Op.of(List.of("c", "x"))).hasMessageContaining("'x'");
    }
}
