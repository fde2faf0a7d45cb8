package dev.darkroom.media.child;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.Fit;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing of a photo's metadata is in its thumbnails, whole or damaged, whichever engine drew
/// them.
class CleannessTest {

    private static final RenderRequest SIZES =
            new RenderRequest(
                    List.of(new RenderSize("large", 64), new RenderSize("small", 16)), 80);

    private static final Desk DESK =
            new Desk(new Request.Hello(Frames.VERSION, 1_000_000, 4_096, 2_000, true));

    @TempDir private Path directory;

    static Stream<String> pictures() {
        return Samples.all().keySet().stream().filter(name -> !name.matches("song.*|film.*|.*xmp"));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void thumbnailsCarryNothingButThePicture(String name) {
        byte[] intact = Samples.of(name);
        for (boolean nativeDecoders : new boolean[] {true, false}) {
            Desk desk =
                    new Desk(
                            new Request.Hello(
                                    Frames.VERSION, 1_000_000, 4_096, 2_000, nativeDecoders));
            // Fifteen stands for the intact file; the damaged ones follow.
            for (int number = 15; number < Mutations.count(60); number++) {
                byte[] bytes = number == 15 ? intact : Mutations.of(intact, number);
                Path file = TestPictures.save(directory, name, bytes);
                if (desk.answer(new Request.Render(file, SIZES))
                        instanceof Reply.Drawn(var drawn)) {
                    requireClean(drawn);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void thumbnailsOfAnyFormatCarryNothingButThePicture(PictureFormat format) {
        assumeTrue(DESK.engines().outputs().contains(format), "this machine writes " + format);

        for (String name : List.of("baseline.jpg", "picture.png", "picture.webp", "picture.tif")) {
            assertThat(drawn(name, format)).as(name).satisfies(CleannessTest::requireClean);
        }
    }

    @Test
    void theCheckFindsWhatIsHiddenInAvif() {
        assumeTrue(
                DESK.engines().outputs().contains(PictureFormat.AVIF), "this machine writes AVIF");
        byte[] clean = drawn("baseline.jpg", PictureFormat.AVIF).renditions().getFirst().bytes();

        assertThatThrownBy(() -> Cleanness.assertThatOnlyAPictureIsIn(withItem(clean, "Exif")))
                .hasMessageContaining("item Exif");
        assertThatThrownBy(() -> Cleanness.assertThatOnlyAPictureIsIn(withItem(clean, "mime")))
                .hasMessageContaining("item mime");
        byte[] uuid = Samples.join(clean, Samples.box("uuid", new byte[16]));
        assertThatThrownBy(() -> Cleanness.assertThatOnlyAPictureIsIn(uuid))
                .hasMessageContaining("/uuid");
    }

    /// The first item gets another type.
    private static byte[] withItem(byte[] avif, String type) {
        byte[] changed = avif.clone();
        int at =
                new String(avif, ISO_8859_1)
                        .indexOf("av01", new String(avif, ISO_8859_1).indexOf("infe"));
        System.arraycopy(type.getBytes(ISO_8859_1), 0, changed, at, 4);
        return changed;
    }

    private Rendered drawn(String name, PictureFormat format) {
        Path file = TestPictures.save(directory, name, Samples.of(name));
        RenderRequest wanted =
                new RenderRequest(
                        List.of(
                                new RenderSize("large", 64, Fit.INSIDE, format, null),
                                new RenderSize("small", 16, Fit.INSIDE, format, null)),
                        80);
        return ((Reply.Drawn) DESK.answer(new Request.Render(file, wanted))).rendered();
    }

    @Test
    void theCheckFindsWhatIsHidden() {
        for (Map.Entry<String, byte[]> sample : Samples.all().entrySet()) {
            if (sample.getKey().matches(".*(jpg|png|webp)")) {
                assertThatThrownBy(() -> Cleanness.assertThatOnlyAPictureIsIn(sample.getValue()))
                        .as(sample.getKey())
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    private static void requireClean(Rendered drawn) {
        assertThat(drawn.renditions()).hasSize(2);
        drawn.renditions()
                .forEach(rendition -> Cleanness.assertThatOnlyAPictureIsIn(rendition.bytes()));
    }
}
