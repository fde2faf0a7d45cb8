package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.schema.FilePath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".DS_Store",
                "a/._photo.jpg",
                ".git/config",
                "2024/@eaDir/photo.jpg",
                "#recycle/photo.jpg",
                "$RECYCLE.BIN/photo.jpg",
                "System Volume Information/x",
                "2024/Thumbs.db",
                "2024/THUMBS.DB",
                "desktop.ini",
                "lost+found/1",
                "__MACOSX/photo.jpg",
                "Catalog Previews.lrdata/a/photo.jpg",
                "photo.jpg.part",
                "photo.jpg.PART",
                "Unconfirmed 1.crdownload",
                "photo.jpg.filepart",
                "movie.mp4.aria2",
                "movie.mp4.!qB",
                "photo.tmp",
                "photo.jpg~",
                ".darkroom-repository",
                ".darkroom/trash/photo.jpg"
            })
    void ignoresWhatIsNobodysPhoto(String path) {
        assertThat(IgnoreRules.builtIn().ignores(new FilePath(path), false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo.jpg",
                "a/b/c/photo.jpg",
                "part",
                "apart",
                "tmp/photo.jpg",
                "recycle/photo.jpg",
                "thumbs.db.jpg",
                "Thumbs/photo.jpg",
                "photo.part.jpg",
                "~photo.jpg",
                "photo.jpg.xmp",
                "Système/é.jpg",
                "\\xFF\\xFE",
                "inbox/photo.jpg"
            })
    void leavesEverythingElseAlone(String path) {
        assertThat(IgnoreRules.builtIn().ignores(new FilePath(path), false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*.jpg,         a/b/photo.jpg,       true",
        "*.jpg,         photo.jpg.png,       false",
        "*.jpg,         photo.JPG,           false",
        "*.[jJ][pP][gG],photo.JpG,           true",
        "photo.jpg,     a/photo.jpg,         true",
        "/photo.jpg,    a/photo.jpg,         false",
        "/photo.jpg,    photo.jpg,           true",
        "a/*.jpg,       a/photo.jpg,         true",
        "a/*.jpg,       a/b/photo.jpg,       false",
        "a/*.jpg,       b/a/photo.jpg,       false",
        "**/raw/*.dng,  x/y/raw/1.dng,       true",
        "**/raw/*.dng,  raw/1.dng,           true",
        "**/raw/*.dng,  draw/1.dng,          false",
        "a/**,          a/b/c.jpg,           true",
        "a/**,          a.jpg,               false",
        "a/**/z.jpg,    a/z.jpg,             true",
        "a/**/z.jpg,    a/b/c/z.jpg,         true",
        "a/**/z.jpg,    a/bz.jpg,            false",
        "raw/,          x/raw/1.jpg,         true",
        "raw/,          x/raw,               false",
        "x/raw/,        x/raw/1.jpg,         true",
        "IMG_????.jpg,  IMG_1234.jpg,        true",
        "IMG_????.jpg,  IMG_123.jpg,         false",
        "?.jpg,         é.jpg,               true",
        "?.jpg,         📷.jpg,              true",
        "?.jpg,         \\xFF.jpg,           true",
        "[!0-9]*.jpg,   x1.jpg,              true",
        "[!0-9]*.jpg,   11.jpg,              false",
        "[à-é].jpg,     ç.jpg,               true",
        "\\*.jpg,       *.jpg,               true",
        "\\*.jpg,       a.jpg,               false",
        "a\\\\b,        a\\\\b,              true",
        "*a*a*a*a*a*b,  aaaaaaaaaaaaaaaaaaa, false",
        "*a*a*a*a*a*b,  xaxaxaxaxaxb,        true",
        "*.,            a.,                  true",
        "'#photo',      '#photo',            true",
        "a*,            a/b,                 true",
    })
    void matchesAsGitDoes(String pattern, String path, boolean ignored) {
        assertThat(IgnoreRules.of(List.of(pattern)).ignores(new FilePath(path), false))
                .isEqualTo(ignored);
    }

    @Test
    void theLastPatternDecides() {
        IgnoreRules rules = IgnoreRules.of(List.of("*.jpg", "!keep.jpg", "no/keep.jpg"));

        assertThat(rules.ignores(new FilePath("a.jpg"), false)).isTrue();
        assertThat(rules.ignores(new FilePath("a/keep.jpg"), false)).isFalse();
        assertThat(rules.ignores(new FilePath("no/keep.jpg"), false)).isTrue();
    }

    @Test
    void aPatternCanBringABuiltInOneBackButNotOurOwn() {
        IgnoreRules rules = IgnoreRules.of(List.of("!.*", "!*.tmp"));

        assertThat(rules.ignores(new FilePath(".hidden/a.tmp"), false)).isFalse();
        assertThat(rules.ignores(new FilePath("Thumbs.db"), false)).isTrue();
        assertThat(rules.ignores(new FilePath(".darkroom-repository"), false)).isTrue();
    }

    @Test
    void whatIsInAnIgnoredFolderCannotBeBroughtBack() {
        IgnoreRules rules = IgnoreRules.of(List.of("a/", "!a/keep.jpg"));

        assertThat(rules.ignores(new FilePath("a/keep.jpg"), false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!", "/", "[a", "a\\", "!/"})
    void refusesWhatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> IgnoreRules.of(List.of("*.jpg", pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ignore pattern");
    }
}
