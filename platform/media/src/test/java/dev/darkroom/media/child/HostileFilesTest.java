package dev.darkroom.media.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.child.Bombs.Bomb;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that promise too much are refused from their headers, with the limit and its setting.
class HostileFilesTest {

    private static final RenderRequest SMALL =
            new RenderRequest(List.of(new RenderSize("small", 32)), 80);
    private static final Desk DESK =
            new Desk(new Request.Hello(Frames.VERSION, 16_383L * 16_383L, 4_096, 2_000, false));

    @TempDir private Path directory;

    static Stream<Bomb> bombs() {
        return Bombs.all().stream();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aHostileFileGivesAResultOrItsOneReason(Bomb bomb) {
        Path file = TestPictures.save(directory, bomb.name(), bomb.bytes());
        boolean sidecar = bomb.name().endsWith(".xmp");

        Reply probed =
                DESK.answer(
                        sidecar ? new Request.ReadSidecar(file) : new Request.Probe(file, true));
        Reply drawn = DESK.answer(new Request.Render(file, SMALL));

        if (bomb.reason() == null) {
            assertThat(probed).isInstanceOf(Reply.Probed.class);
            assertThat(drawn).isInstanceOf(Reply.Drawn.class);
        } else {
            assertThat(probed)
                    .isInstanceOfSatisfying(
                            Reply.Unreadable.class,
                            refused -> assertThat(refused.reason()).contains(bomb.reason()));
            assertThat(drawn).isInstanceOfAny(Reply.Unreadable.class, Reply.NoDecoder.class);
        }
    }
}
