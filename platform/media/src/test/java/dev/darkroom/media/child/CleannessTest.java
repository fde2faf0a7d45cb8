package dev.darkroom.media.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing of a photo's metadata is in its thumbnails, whole or damaged, whichever engine drew
/// them.
class CleannessTest {

    private static final RenderRequest SIZES =
            new RenderRequest(
                    List.of(new RenderSize("large", 64), new RenderSize("small", 16)), 80);

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
                .forEach(rendition -> Cleanness.assertThatOnlyAPictureIsIn(rendition.jpeg()));
    }
}
