package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.child.TestPictures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// SVG, which is a program as much as a picture: only when it is switched on, and nothing from
/// outside.
class DrawingsIT {

    private static final String HEAD =
            "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\""
                    + " xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"40\" height=\"20\">";

    private static final RenderRequest ONE =
            new RenderRequest(List.of(new RenderSize("small", 200)), 90);

    private static MediaPool pool;

    @TempDir private Path directory;

    @BeforeAll
    static void start() {
        pool = new MediaPool(MediaOptions.defaults().withProcesses(1).withSvg(true));
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    private Path drawing(String body) {
        return TestPictures.save(
                directory, "a.svg", (HEAD + body + "</svg>").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isDrawnAsLargeAsItIsWanted() throws Exception {
        assumeTrue(pool.capabilities().renders("image/svg+xml"), "nothing here draws SVG");
        Path red = drawing("<rect width='40' height='20' fill='#f00'/><script>evil()</script>");

        Rendition picture = pool.render(red, "a.svg", ONE).renditions().getFirst();

        assertThat(picture.width()).isEqualTo(200);
        assertThat(picture.height()).isEqualTo(100);
        int pixel = TestPictures.decode(picture.bytes()).getRGB(100, 50);
        assertThat(pixel >> 16 & 0xff).isGreaterThan(240);
        assertThat(pool.probe(red, "a.svg").width()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<image xlink:href='file:///etc/passwd' width='9' height='9'/> | outside of its"
                        + " file (file:///etc/passwd)",
                "<image href='other.png' width='9' height='9'/> | outside of its file (other.png)",
                "<use href='http://example.com/a.svg#x'/> | outside of its file"
                        + " (http://example.com",
                "<rect style='fill:url(http://example.com/#g)'/> | outside of its file",
                "<style>@import 'a.css';</style> | imports a style sheet",
                "<rect | SVG is corrupt"
            })
    void isRefusedWhenItWantsMoreThanItsFile(String body, String reason) {
        Path hostile = drawing(body);

        assertThatThrownBy(() -> pool.render(hostile, "a.svg", ONE))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessageContaining(reason);
    }

    @Test
    void expandsNoEntities() {
        String bomb =
                HEAD.replace(
                                "<svg",
                                "<!DOCTYPE svg [<!ENTITY a \"aaa\"><!ENTITY b \"&a;&a;\">]><svg")
                        + "<text>&b;</text></svg>";
        Path hostile = TestPictures.save(directory, "b.svg", bomb.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> pool.render(hostile, "b.svg", ONE))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessageContaining("SVG is corrupt");
    }

    @Test
    void isRefusedWhereItIsSwitchedOff() {
        try (MediaPool off = new MediaPool(MediaOptions.defaults().withProcesses(1))) {
            assertThatThrownBy(() -> off.probe(drawing("<g/>"), "a.svg"))
                    .isInstanceOf(UnreadableMedia.class)
                    .hasMessageContaining("an SVG drawing (switched off, see darkroom.media.svg)");
        }
    }
}
