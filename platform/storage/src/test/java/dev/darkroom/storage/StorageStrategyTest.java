package dev.darkroom.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StorageStrategyTest {
    private static final UUID ASSET = UUID.fromString("019ab3c4-0000-7000-8000-9f86d081884c");
    private static final Instant NEW_YEARS_EVE = Instant.parse("2026-12-31T23:30:00Z");
    private static final String SHA256 =
            "E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final OriginalName NAME = OriginalName.of("IMG 1.JPG");

    @Test
    void dateIsTheMonthInUtc() {
        assertThat(StorageStrategy.DATE.keyFor(NAME, ASSET, SHA256, NEW_YEARS_EVE).value())
                .isEqualTo("inbox/2026/12/IMG 1-b3ba4ebb4739.JPG");
    }

    @Test
    void flatIsTheInbox() {
        assertThat(StorageStrategy.FLAT.keyFor(NAME, ASSET, null, NEW_YEARS_EVE).value())
                .isEqualTo("inbox/IMG 1-cec995be5e8b.JPG");
    }

    @Test
    void anotherVersionOfAnAssetIsAnotherFile() {
        assertThat(StorageStrategy.DATE.keyFor(NAME, ASSET, SHA256, NEW_YEARS_EVE))
                .isNotEqualTo(
                        StorageStrategy.DATE.keyFor(NAME, ASSET, "0".repeat(64), NEW_YEARS_EVE));
    }

    @Test
    void casIsTheContent() {
        assertThat(StorageStrategy.CAS.keyFor(NAME, ASSET, SHA256, NEW_YEARS_EVE).value())
                .isEqualTo(
                        "inbox/e3/b0/c4/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.jpg");
        assertThatThrownBy(() -> StorageStrategy.CAS.keyFor(NAME, ASSET, "../../x", NEW_YEARS_EVE))
                .hasMessageContaining("sha256 must be");
    }

    @Test
    void casFallsBackToTheDateWithoutAHash() {
        assertThat(StorageStrategy.CAS.keyFor(NAME, ASSET, null, NEW_YEARS_EVE))
                .isEqualTo(StorageStrategy.DATE.keyFor(NAME, ASSET, null, NEW_YEARS_EVE));
    }

    @ParameterizedTest
    @EnumSource
    void anyNameMakesAKey(StorageStrategy strategy) {
        for (String given :
                new String[] {
                    "",
                    "/",
                    "..",
                    "\0",
                    "\uD83D",
                    ".jpg",
                    "a".repeat(5_000) + ".jpeg",
                    "../../etc/passwd"
                }) {
            BlobKey key = strategy.keyFor(OriginalName.of(given), ASSET, null, NEW_YEARS_EVE);

            assertThat(key.value()).startsWith("inbox/").doesNotContain("..");
        }
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "photo.jpg,photo,jpg",
                "archive.tar.gz,archive.tar,gz",
                "no extension,no extension,''",
                "../../etc/passwd,passwd,''",
                "C:\\x\\y.jpg,C:\\x\\y,jpg",
                ".hidden.jpg,hidden,jpg",
                "...,file,''",
                "'',file,''",
                "trailing.,trailing.,''",
                "photo.not an extension,photo.not an extension,''",
                "📷.jpg,📷,jpg",
                "CON.jpg,CON,jpg",
                "  padded.jpg  ,padded,jpg",
            })
    void splitsNames(String given, String stem, String extension) {
        assertThat(OriginalName.of(given)).isEqualTo(new OriginalName(stem, extension));
    }

    @Test
    void replacesWhatCannotBeShown() {
        assertThat(OriginalName.of("a\0b\nc\u2028d\u007Fe\uD83Df.jpg").stem())
                .isEqualTo("a_b_c_d_e_f");
    }

    @Test
    void cutsALongNameBetweenCharacters() {
        OriginalName name = OriginalName.of("📷".repeat(100) + ".jpeg");

        String file = StorageStrategy.FLAT.keyFor(name, ASSET, null, NEW_YEARS_EVE).fileName();

        assertThat(file).isEqualTo("📷".repeat(59) + "-cec995be5e8b.jpeg");
        assertThat(file.getBytes(UTF_8).length).isEqualTo(254);
    }

    @Test
    void aNameOnItsOwnFitsIntoOneSegmentToo() {
        assertThat(OriginalName.of("a".repeat(300) + ".jpeg").fileName())
                .isEqualTo("a".repeat(250) + ".jpeg");
        assertThat(OriginalName.of("photo.jpg").fileName()).isEqualTo("photo.jpg");
    }
}
