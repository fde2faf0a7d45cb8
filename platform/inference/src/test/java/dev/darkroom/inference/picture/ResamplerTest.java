package dev.darkroom.inference.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.Sha256;
import dev.darkroom.inference.fixture.Pictures;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The expected bytes were made by Pillow 9.4: `Image.frombytes("RGB", (w, h), source).resize((tw,
/// th), filter)`.
class ResamplerTest {

    static Stream<Arguments> everyByteIsPillows() {
        return Stream.of(
                Arguments.of(
                        Filter.BOX,
                        17,
                        13,
                        7,
                        5,
                        "717c866d869ea38262667e977f89697b937385656f5e9388a2828c91867b808a6a"
                                + "857aaf89937378ada2747f89817d797f8a947d7a768a6a747a768f95757f766b60"
                                + "a78791598e838a94747b70a59777815e9388a2828c7874705c91717975aa967680"
                                + "97768f7b5b65"),
                Arguments.of(
                        Filter.BILINEAR,
                        17,
                        13,
                        7,
                        5,
                        "6b848e7d838f7e818675828677867f8491668175727a8a7d8c8a7f8e867c7d807e"
                                + "8a87847791838f908976868779807c90807d7e81718a6a878274908b8881916e80"
                                + "9478856d86858485847b788e9174937a7b809875817e80675e90877874a197708d"
                                + "937c81766669"),
                Arguments.of(
                        Filter.BICUBIC,
                        17,
                        13,
                        7,
                        5,
                        "68818d7a8694808184717e8c77887e8493637e71717a8e7b8f898091867b7c847a"
                                + "8d8685739484939389728888787d7a917e7f7c82708c65858274928d8881936a82"
                                + "997887698684898683757a90947296777e7e9a76847d805f5894867872a99c708c"
                                + "957d82756167"),
                Arguments.of(
                        Filter.LANCZOS,
                        17,
                        13,
                        7,
                        5,
                        "687e8d7c8a977e818270788e788a7f8294617c71717d927990877c91887d7e8677"
                                + "8c85847295879694856f8a88777d79927d7f7a85708c5f848675928d8882966388"
                                + "9a79876885838c8485717d90946e9775817c9b75867f82585598877971ac9e7189"
                                + "967e82736166"),
                Arguments.of(
                        Filter.BILINEAR,
                        5,
                        4,
                        8,
                        6,
                        "00356a10457a275c913e73a8568bc06da2d784b9ee94c9fe2e63983f74a9598ebb"
                                + "72a7848c9976a5628f7673a85085ba6a9fa97ea0bd98a5cc99c063a89a3dc43159"
                                + "6940751f5489a7dc3cbc9451ce3b6e685b72456d846471a36b8ec36ea3d864994e"
                                + "7b78659653886875aa6297a484b976a69390be73a811467b2a5f944f84b973a8dd"
                                + "97ccb1bbf035e0854af92e63"),
                Arguments.of(
                        Filter.BICUBIC,
                        5,
                        4,
                        8,
                        6,
                        "002c61073c7020558b376bad4e89cb65abe189c6faa1d5ff24569c336eb35094c4"
                                + "73b77f96a16aad5c8c746da94884b86aa2b27ea4d19cb0dca1dd53b9a71dd61e4d"
                                + "5f2b6e064b80b2f92cd29d43e229635b496a286483586caf6796d36db4e8609f42"
                                + "7e76599a48825f69b9519ab17dc575af9890cd70af02367d195695458bc075aff8"
                                + "9fddbdc2ff26ed7d38ff165e"));
    }

    @ParameterizedTest
    @MethodSource
    void everyByteIsPillows(
            Filter filter, int width, int height, int toWidth, int toHeight, String expected) {
        RgbImage resized = Resampler.resize(source(width, height), toWidth, toHeight, filter);

        assertThat(HexFormat.of().formatHex(resized.pixels())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "BOX, 640, 480, 298, 224, 3eeb963185d978d7",
        "BOX, 333, 1000, 224, 672, 0855d16f1b73bdce",
        "BOX, 100, 75, 384, 384, 932af4d61825f0cd",
        "BOX, 1200, 900, 56, 42, b14aac3c441a4399",
        "BILINEAR, 640, 480, 298, 224, 27c768f23052a61b",
        "BILINEAR, 333, 1000, 224, 672, 5d2581a087e9b09a",
        "BILINEAR, 100, 75, 384, 384, 3071be7b992ed15a",
        "BILINEAR, 1200, 900, 56, 42, a306e85fafb9a4da",
        "BICUBIC, 640, 480, 298, 224, e4403d0b803fd57f",
        "BICUBIC, 333, 1000, 224, 672, e23ee72ab3b6930f",
        "BICUBIC, 100, 75, 384, 384, d01331a49266dbed",
        "BICUBIC, 1200, 900, 56, 42, b0238a675ca4db23",
        "LANCZOS, 640, 480, 298, 224, 4bbaf64c8c524bd2",
        "LANCZOS, 333, 1000, 224, 672, 8fb6ade57230a1d1",
        "LANCZOS, 100, 75, 384, 384, b57a40aa8bcf978c",
        "LANCZOS, 1200, 900, 56, 42, 0c0a414a7fcd1955"
    })
    void largerPicturesHashToWhatPillowsHashTo(
            Filter filter, int width, int height, int toWidth, int toHeight, String expected) {
        RgbImage resized = Resampler.resize(source(width, height), toWidth, toHeight, filter);

        assertThat(Sha256.of(resized.pixels())).startsWith(expected);
    }

    @ParameterizedTest
    @EnumSource
    void onePlainColourStaysThatColour(Filter filter) {
        RgbImage plain = Pictures.plain(61, 47, 1, 128, 255);

        assertThat(Resampler.resize(plain, 13, 29, filter))
                .isEqualTo(Pictures.plain(13, 29, 1, 128, 255));
    }

    @ParameterizedTest
    @EnumSource
    void aMirroredPictureGivesTheMirroredResult(Filter filter) {
        RgbImage source = source(40, 20);

        assertThat(Resampler.resize(mirrored(source), 10, 10, filter))
                .isEqualTo(mirrored(Resampler.resize(source, 10, 10, filter)));
    }

    @ParameterizedTest
    @EnumSource
    void theSameSizeChangesNothing(Filter filter) {
        assertThat(Resampler.resize(source(19, 11), 19, 11, filter)).isEqualTo(source(19, 11));
    }

    @Test
    void aWindowIsThatPartOfTheWhole() {
        RgbImage whole = Resampler.resize(source(90, 70), 45, 35, Filter.BICUBIC);

        RgbImage part =
                Resampler.resize(source(90, 70), 45, 35, Filter.BICUBIC, new Window(7, 3, 20, 25));

        assertThat(part)
                .isEqualTo(
                        Pictures.of(
                                20,
                                25,
                                (x, y) -> {
                                    int at = 3 * ((y + 3) * 45 + x + 7);
                                    return (whole.pixels()[at] & 0xff) << 16
                                            | (whole.pixels()[at + 1] & 0xff) << 8
                                            | (whole.pixels()[at + 2] & 0xff);
                                }));
    }

    private static RgbImage source(int width, int height) {
        return Pictures.of(
                width,
                height,
                (x, y) -> level(x, y, 0) << 16 | level(x, y, 1) << 8 | level(x, y, 2));
    }

    private static int level(int x, int y, int channel) {
        return (x * 37 + y * 91 + channel * 53 + x * y * 7) & 0xff;
    }

    private static RgbImage mirrored(RgbImage picture) {
        return Pictures.of(
                picture.width(),
                picture.height(),
                (x, y) -> {
                    int at = 3 * (y * picture.width() + picture.width() - 1 - x);
                    return (picture.pixels()[at] & 0xff) << 16
                            | (picture.pixels()[at + 1] & 0xff) << 8
                            | (picture.pixels()[at + 2] & 0xff);
                });
    }
}
