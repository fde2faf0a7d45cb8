package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.encode;
import static dev.darkroom.media.child.TestPictures.jpeg;
import static dev.darkroom.media.child.TestPictures.quarters;
import static dev.darkroom.media.child.TestPictures.save;
import static dev.darkroom.media.child.TestPictures.withProfile;
import static dev.darkroom.media.child.TestPictures.withSegment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.Fit;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways in which a profile wants its pictures: fit, format, quality.
class ProfilesTest {

    private static final Desk DESK =
            new Desk(new Request.Hello(Frames.VERSION, 100_000_000, 4_096, 2_000, true));

    @TempDir private Path directory;

    private Rendered render(byte[] bytes, RenderSize... sizes) {
        Path file = save(directory, "file", bytes);
        RenderRequest wanted = new RenderRequest(List.of(sizes), 80);
        return switch (DESK.answer(new Request.Render(file, wanted))) {
            case Reply.Drawn drawn -> drawn.rendered();
            case Reply other -> throw new AssertionError("not drawn: " + other);
        };
    }

    private static void require(PictureFormat format) {
        assumeTrue(
                DESK.engines().outputs().contains(format),
                () -> "nothing here writes " + format + ": " + DESK.engines().missing());
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryFormatWithoutAnyMetadata(PictureFormat format) {
        require(format);
        byte[] exif =
                new TestPictures.Exif()
                        .text(Tiff.MAKE, "SECRETMAKER")
                        .number(Tiff.ORIENTATION, 6)
                        .position(
                                "N",
                                new int[] {48, 1, 8, 1, 0, 1},
                                "E",
                                new int[] {11, 1, 34, 1, 0, 1})
                        .segment();
        byte[] xmp =
                "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET</x:xmpmeta>"
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] photo =
                withProfile(
                        withSegment(withSegment(jpeg(800, 600), 0xe1, exif), 0xe1, xmp),
                        ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());

        Rendition rendition =
                render(photo, new RenderSize("a", 200, Fit.INSIDE, format, null))
                        .renditions()
                        .getFirst();

        assertThat(rendition.format()).isEqualTo(format);
        assertThat(rendition.width()).as("upright").isEqualTo(150);
        String text = new String(rendition.bytes(), StandardCharsets.ISO_8859_1);
        assertThat(text)
                .doesNotContain("SECRET", "Exif", "EXIF", "XMP ", "xmpmeta", "ICCP", "ICC_PROFILE")
                .doesNotContain("prof", "acsp");
    }

    @ParameterizedTest
    @EnumSource
    void whatItWritesIsThePicture(PictureFormat format) {
        require(format);
        byte[] written =
                render(
                                encode(quarters(801, 601), "png"),
                                new RenderSize("a", 301, Fit.INSIDE, format, 90))
                        .renditions()
                        .getFirst()
                        .bytes();

        BufferedImage again =
                TestPictures.decode(
                        render(written, new RenderSize("b", 301)).renditions().getFirst().bytes());

        assertThat(again.getWidth()).isEqualTo(301);
        assertThat(again.getHeight()).isEqualTo(226);
        assertThat(again.getRGB(60, 60) & 0xffffff).satisfies(ProfilesTest::isRed);
        assertThat(again.getRGB(240, 60) >> 8 & 0xff).isGreaterThan(200);
    }

    private static void isRed(int pixel) {
        assertThat(pixel >> 16).isGreaterThan(225);
        assertThat(pixel & 0xff).isLessThan(40);
    }

    @ParameterizedTest
    @CsvSource({
        "800, 600, 1, 200, 200, 200",
        "600, 800, 6, 200, 200, 200",
        "300, 100, 1, 200, 100, 100", // never enlarged
        "1, 5000, 1, 150, 1, 1"
    })
    void fillsASquareFromTheMiddle(
            int width, int height, int orientation, int pixels, int wide, int high)
            throws UnreadableMedia, IOException {
        byte[] photo =
                TestPictures.withOrientation(encode(quarters(width, height), "jpeg"), orientation);
        RenderSize cover = new RenderSize("tile", pixels, Fit.COVER, PictureFormat.JPEG, null);

        for (Engine engine :
                List.of(
                        DESK.engines().forType("image/jpeg", request(cover)),
                        new ImageIoEngine())) {
            try (MediaFile file = MediaFile.open(save(directory, "photo", photo))) {
                Rendition tile =
                        engine.render(file, ContentType.JPEG, JpegHeader.read(file), request(cover))
                                .renditions()
                                .getFirst();

                assertThat(tile.width()).isEqualTo(wide);
                assertThat(tile.height()).isEqualTo(high);
                if (wide > 1) {
                    BufferedImage image = TestPictures.decode(tile.bytes());
                    int corner = orientation == 1 ? image.getRGB(9, 9) : image.getRGB(wide - 9, 9);
                    assertThat(corner & 0xffffff).satisfies(ProfilesTest::isRed);
                }
            }
        }
    }

    private static RenderRequest request(RenderSize... sizes) {
        return new RenderRequest(List.of(sizes), 80);
    }

    @Test
    void makesDifferentProfilesFromOneDecode() {
        Rendered rendered =
                render(
                        encode(quarters(2_000, 1_000), "png"),
                        new RenderSize("tile", 300, Fit.COVER, PictureFormat.JPEG, null),
                        new RenderSize("small", 150),
                        new RenderSize("large", 1_024),
                        new RenderSize("square", 600, Fit.COVER, PictureFormat.JPEG, 50));

        assertThat(rendered.renditions())
                .extracting(one -> one.name() + " " + one.width() + " x " + one.height())
                .containsExactly(
                        "tile 300 x 300", "small 150 x 75", "large 1024 x 512", "square 600 x 600");
    }

    @ParameterizedTest
    @EnumSource
    void aLowerQualityIsASmallerFile(PictureFormat format) {
        require(format);
        Rendered rendered =
                render(
                        jpeg(900, 700),
                        new RenderSize("good", 600, Fit.INSIDE, format, 90),
                        new RenderSize("bad", 600, Fit.INSIDE, format, 20));

        assertThat(rendered.renditions().getLast().bytes().length)
                .isLessThan(rendered.renditions().getFirst().bytes().length * 2 / 3);
    }

    @Test
    void whatJavaAloneDecodesIsWrittenAsWebpToo() {
        require(PictureFormat.WEBP);
        byte[] psd =
                TestPhotoshop.raw(
                        TestPhotoshop.RGB, 8, 300, 200, TestPhotoshop.planes(quarters(300, 200)));

        Rendition rendition =
                render(psd, new RenderSize("a", 100, Fit.COVER, PictureFormat.WEBP, null))
                        .renditions()
                        .getFirst();

        assertThat(new String(rendition.bytes(), 0, 16, StandardCharsets.ISO_8859_1))
                .startsWith("RIFF")
                .contains("WEBPVP8");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void refusesAQualityThatIsNone(int quality) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new RenderSize("a", 10, Fit.INSIDE, PictureFormat.JPEG, quality))
                .hasMessage("quality must be 1 to 100: " + quality);
    }
}
