package dev.darkroom.media.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged files of every format, read in this process by our own code, the metadata parser and
/// Java's decoders: a result or one reason, whatever was damaged.
///
/// [dev.darkroom.media.FuzzIT] gives the native decoders theirs, in children.
class FuzzTest {

    private static final RenderRequest SMALL =
            new RenderRequest(List.of(new RenderSize("small", 32)), 80);

    /// Pictures that a flip has made large are not worth the time here.
    private static final Request.Hello LIMITS =
            new Request.Hello(Frames.VERSION, 1_000_000, 4_096, 2_000, false);

    private static Desk desk;

    @TempDir private static Path directory;

    @BeforeAll
    static void open() {
        desk = new Desk(LIMITS);
    }

    static Stream<String> formats() {
        return Samples.all().keySet().stream().filter(Mutations::wants);
    }

    @ParameterizedTest
    @MethodSource("formats")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedFileGivesAResultOrOneReason(String name) throws Exception {
        byte[] intact = Samples.of(name);
        assertThat(answer(name, intact)).as("intact").isNotInstanceOf(Reply.Unreadable.class);
        int reasons = 0;
        int count = Mutations.count(300);
        for (int number = 0; number < count; number++) {
            String which = name + ", mutation " + number;
            Reply reply;
            try {
                reply = answer(name, Mutations.of(intact, number));
                Frames.send(OutputStream.nullOutputStream(), reply);
            } catch (Throwable e) {
                throw new AssertionError(which + " must give a result or a reason", e);
            }
            if (reply instanceof Reply.Unreadable(String reason)) {
                reasons++;
                assertThat(reason).as(which).doesNotContain("Exception", "java.").isNotBlank();
            }
            if (reply instanceof Reply.Probed(var facts)
                    && facts.mimeType().startsWith("image/")
                    && number % 10 == 0) {
                assertThat(desk.answer(new Request.Render(directory.resolve(name), SMALL)))
                        .as(which)
                        .isInstanceOfAny(
                                Reply.Drawn.class, Reply.Unreadable.class, Reply.NoDecoder.class);
            }
        }
        Mutations.tell(name, count - reasons, reasons);
    }

    private static Reply answer(String name, byte[] bytes) {
        Path file = TestPictures.save(directory, name, bytes);
        return desk.answer(
                name.endsWith(".xmp")
                        ? new Request.ReadSidecar(file)
                        : new Request.Probe(file, true));
    }
}
