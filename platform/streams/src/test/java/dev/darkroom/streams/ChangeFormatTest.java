package dev.darkroom.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeFormatTest {
    private static final ChangeRecord CREATED =
            Changes.change(
                    "c", 42, null, "{\"id\":1,\"name\":\"a\\nb\",\"rating\":4,\"iso\":null}");
    private static final ChangeRecord UPDATED =
            Changes.change(
                    "u",
                    43,
                    "{\"id\":1,\"name\":\"x\",\"rating\":4}",
                    "{\"id\":1,\"name\":\"x\",\"rating\":5}");
    private static final ChangeRecord DELETED = Changes.change("d", 44, "{\"id\":1}", null);

    @Test
    void flatIsTheRowWithWhatHappened() {
        assertThat(ChangeFormat.flat().text(CREATED))
                .isEqualTo(
                        "{\"id\":1,\"name\":\"a\\nb\",\"rating\":4,\"iso\":null,\"__op\":\"c\",\"__table\":\"assets\",\"__lsn\":42,\"__tx\":7,\"__ts\":\"2026-11-21T07:40:00.123Z\"}");
        assertThat(ChangeFormat.flat().text(DELETED)).startsWith("{\"id\":1,\"__op\":\"d\"");
    }

    @Test
    void envelopeIsTheValueOnOneLine() {
        assertThat(ChangeFormat.envelope().text(DELETED))
                .startsWith("{\"before\":{\"id\":1},\"after\":null,\"source\":{\"lsn\":44")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%t %k %o %l %x | assets 1 c 42 7",
                "%T | 2026-11-21T07:40:00.123Z",
                "%p/%O | 3/17",
                "100%% | 100%",
                "%{rating} %{iso}. %{nothing}. | 4 . .",
                "%{id}\\t%o | 1\tc",
                "[%b] | []"
            })
    void aPatternSaysWhatALineHolds(String pattern, String line) {
        assertThat(PatternFormat.of(pattern).text(CREATED)).isEqualTo(line);
    }

    @Test
    void aPatternShowsRows() {
        assertThat(PatternFormat.of("%v").text(UPDATED))
                .isEqualTo("{\"id\":1,\"name\":\"x\",\"rating\":5}");
        assertThat(PatternFormat.of("%b>%a").text(UPDATED))
                .isEqualTo(
                        "{\"id\":1,\"name\":\"x\",\"rating\":4}>{\"id\":1,\"name\":\"x\",\"rating\":5}");
        assertThat(PatternFormat.of("%v").text(DELETED)).isEqualTo("{\"id\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%q", "%", "%{rating"})
    void refusesAPatternThatSaysNothing(String pattern) {
        assertThatThrownBy(() -> PatternFormat.of("x" + pattern))
                .hasMessageContaining("character 2")
                .hasMessageContaining(pattern);
    }

    @Test
    void aTableHasAlignedColumnsAndOneLineForEachChange() {
        TableFormat table = new TableFormat(List.of(), 100, false, ZoneOffset.UTC);

        String head = table.before(List.of(CREATED, UPDATED));

        assertThat(head).isEqualTo("TIME                     OP  TABLE   KEY  ROW\n");
        assertThat(table.before(List.of(DELETED))).isEmpty();
        assertThat(table.text(CREATED))
                .isEqualTo("2026-11-21 07:40:00.123  c   assets  1    name=a b rating=4");
        assertThat(table.text(UPDATED))
                .isEqualTo("2026-11-21 07:40:00.123  u   assets  1    rating=4→5");
        assertThat(table.text(DELETED)).isEqualTo("2026-11-21 07:40:00.123  d   assets  1");
    }

    @Test
    void aTableShowsTheColumnsThatWereAskedForAndCutsWhatIsTooLong() {
        TableFormat table = new TableFormat(List.of("rating", "name"), 55, false, ZoneOffset.UTC);

        assertThat(table.before(List.of(CREATED)))
                .isEqualTo("TIME                     OP  TABLE   KEY  rating  name\n");
        assertThat(table.text(Changes.change("c", 1, null, "{\"rating\":4,\"name\":\"abcdefg\"}")))
                .isEqualTo("2026-11-21 07:40:00.123  c   assets  1    4       abcd…")
                .hasSize(55);
    }

    @Test
    void coloursOnlyWhenAsked() {
        assertThat(new TableFormat(List.of(), 100, true, ZoneOffset.UTC).text(DELETED))
                .startsWith("\u001b[31m")
                .endsWith("\u001b[0m");
    }
}
