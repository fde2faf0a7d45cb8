package dev.darkroom.media.child;

import static dev.darkroom.media.child.DeskOfTests.DESK;
import static dev.darkroom.media.child.DeskOfTests.assertQuarters;
import static dev.darkroom.media.child.TestPictures.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.child.TiffFile.Entry;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Camera RAW: found by its content, shown by its preview.
class RawFilesTest {

    private DeskOfTests desk;

    @BeforeEach
    void open(@TempDir Path folder) {
        desk = new DeskOfTests(folder);
    }

    /// The makers, and how their files begin.
    @SuppressWarnings("ImmutableEnumChecker") // a supplier of fresh bytes
    enum Raw {
        CR2("image/x-canon-cr2", TestRaw::cr2),
        CR3("image/x-canon-cr3", TestRaw::cr3),
        NEF("image/x-nikon-nef", TestRaw::nef),
        ARW("image/x-sony-arw", TestRaw::arw),
        DNG("image/x-adobe-dng", TestRaw::dng),
        ORF("image/x-olympus-orf", TestRaw::orf),
        PEF("image/x-pentax-pef", TestRaw::pef),
        RW2("image/x-panasonic-rw2", TestRaw::rw2),
        RAF("image/x-fuji-raf", TestRaw::raf);

        private final String type;
        private final Supplier<byte[]> file;

        Raw(String type, Supplier<byte[]> file) {
            this.type = type;
            this.file = file;
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsTheLargestPreviewOfARawFileAsTheRawFileSaysItIsTurned(Raw raw) {
        Rendered rendered = desk.render(raw.file.get());

        BufferedImage picture = TestPictures.decode(rendered.renditions().getFirst().bytes());
        assertThat(picture.getWidth()).isEqualTo(150);
        assertThat(picture.getHeight()).isEqualTo(200);
        assertQuarters(picture, "3012");
    }

    @ParameterizedTest
    @EnumSource
    void probesARawFile(Raw raw) {
        MediaFacts facts = desk.probe(raw.file.get());

        assertThat(facts.mimeType()).isEqualTo(raw.type);
        assertThat(facts.isRaw()).isTrue();
        assertThat(facts.width()).isEqualTo(TestRaw.WIDTH);
        assertThat(facts.height()).isEqualTo(TestRaw.HEIGHT);
        assertThat(facts.orientation()).isEqualTo(6);
        assertThat(facts.cameraMake()).isNotBlank();
    }

    @Test
    void readsTheBlocksOfMetadataInACr3File() {
        MediaFacts facts = desk.probe(TestRaw.cr3());

        assertThat(facts.cameraMake()).isEqualTo("Canon");
        assertThat(facts.lensModel()).isEqualTo("RF24-105mm F4 L IS USM");
        assertThat(facts.iso()).isEqualTo(400);
        assertThat(facts.shutterSpeed()).isEqualTo("1/250");
        assertThat(facts.takenAt()).isEqualTo("2024-05-06T05:08:09Z");
        assertThat(facts.latitude()).isCloseTo(48.1333, within(0.001));
        assertThat(facts.longitude()).isCloseTo(11.5667, within(0.001));
    }

    @Test
    void saysThatAPreviewIsSmallerThanWhatIsWanted() {
        RenderRequest large = new RenderRequest(List.of(new RenderSize("large", 1_024)), 80);
        Path file = save(desk.directory(), "file", TestRaw.nef());

        assertThat(DESK.answer(new Request.Render(file, large)))
                .isInstanceOfSatisfying(
                        Reply.Drawn.class,
                        drawn ->
                                assertThat(drawn.rendered().warnings())
                                        .containsExactly(
                                                "the largest preview in the RAW file has only 640 x"
                                                        + " 480 pixels"));
        assertThat(desk.render(TestRaw.nef()).warnings()).isEmpty();
    }

    @Test
    void saysWhatToDoWithARawFileWithoutAPreview() {
        TiffFile file = TiffFile.plain();
        byte[] dng =
                file.file(
                        file.directory(
                                0,
                                Entry.number(Tiff.IMAGE_WIDTH, 6_000),
                                Entry.number(Tiff.IMAGE_HEIGHT, 4_000),
                                Entry.bytes(Tiff.DNG_VERSION, (byte) 1, (byte) 4)));

        assertThat(desk.refusal(dng))
                .contains("DNG")
                .contains("no preview")
                .contains("export it from the camera's software");
    }
}
