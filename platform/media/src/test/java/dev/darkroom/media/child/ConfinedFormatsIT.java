package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.decode;
import static dev.darkroom.media.child.TestPictures.quarters;
import static dev.darkroom.media.child.TestPictures.save;
import static dev.darkroom.media.child.TestPictures.withOrientation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.Fit;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The rarer formats in a real child, which may open no file and start no process: whatever their
/// libraries load late must be there before.
class ConfinedFormatsIT {

    private static MediaPool pool;

    @TempDir private Path directory;

    @BeforeAll
    static void start() {
        pool = new MediaPool(MediaOptions.defaults().withProcesses(1));
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    /// Files that a child reads.
    @SuppressWarnings("ImmutableEnumChecker") // a supplier of fresh bytes
    enum Sample {
        AVIF("image/avif", () -> DeskOfTests.written(quarters(300, 200), PictureFormat.AVIF)),
        WEBP("image/webp", () -> DeskOfTests.written(quarters(300, 200), PictureFormat.WEBP)),
        JXL("image/jxl", () -> DeskOfTests.vips(quarters(300, 200), "Jxl", "vips_jxlsave_buffer")),
        JP2(
                "image/jp2",
                () -> DeskOfTests.vips(quarters(300, 200), "Jp2k", "vips_jp2ksave_buffer")),
        PSD("image/vnd.adobe.photoshop", () -> TestPhotoshop.packed(quarters(300, 200))),
        CR3("image/jpeg", TestRaw::cr3);

        private final String decoder;
        private final Supplier<byte[]> file;

        Sample(String decoder, Supplier<byte[]> file) {
            this.decoder = decoder;
            this.file = file;
        }
    }

    @Test
    void progressiveJpegsAreDrawnByLibjpegTurboWhereItIsInstalled() throws Exception {
        String engine = String.valueOf(pool.capabilities().engineByMimeType().get("image/jpeg"));
        assumeTrue(engine.contains("libjpeg-turbo"), "libturbojpeg is not installed");
        byte[] progressive = TestPictures.progressive(quarters(300, 200));
        Path file = save(directory, "progressive.jpg", withOrientation(progressive, 6));

        Rendered rendered =
                pool.render(
                        file,
                        "progressive.jpg",
                        new RenderRequest(List.of(new RenderSize("small", 120)), 80));

        assertThat(rendered.engine()).isEqualTo("libjpeg-turbo");
        DeskOfTests.assertQuarters(decode(rendered.renditions().getFirst().bytes()), "3012");
    }

    @ParameterizedTest
    @EnumSource
    void isDrawnInEveryFormatThatCanBeWritten(Sample sample) throws Exception {
        assumeTrue(
                pool.capabilities().renders(sample.decoder),
                () -> "no decoder is here for " + sample);
        List<RenderSize> sizes =
                pool.capabilities().outputs().stream()
                        .map(
                                format ->
                                        new RenderSize(
                                                format.extension(), 64, Fit.COVER, format, null))
                        .toList();
        Path file = save(directory, "sample", sample.file.get());

        Rendered rendered = pool.render(file, "sample", new RenderRequest(sizes, 80));

        assertThat(rendered.renditions())
                .hasSameSizeAs(sizes)
                .allSatisfy((Rendition one) -> assertThat(one.width()).isEqualTo(64));
        assertThat(pool.probe(file, "sample").width()).isPositive();
    }
}
