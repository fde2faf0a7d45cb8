package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.jpeg;
import static dev.darkroom.media.child.TestPictures.save;
import static dev.darkroom.media.child.TestPictures.withOrientation;
import static dev.darkroom.media.child.TestPictures.withSegment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.TestPictures.Exif;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a file says about itself, and what of it is believed.
class ProbeTest {

    private static final Request.Hello LIMITS =
            new Request.Hello(Frames.VERSION, 16_383L * 16_383L, 4_096, 2_000, false);
    private static final int MODEL = 0x110;
    private static final int TIME = 0x9003;
    private static final int OFFSET = 0x9011;

    @TempDir private Path directory;

    private MediaFacts probe(String name, byte[] bytes) throws IOException, UnreadableMedia {
        return probe(name, bytes, LIMITS);
    }

    private MediaFacts probe(String name, byte[] bytes, Request.Hello limits)
            throws IOException, UnreadableMedia {
        try (MediaFile file = MediaFile.open(save(directory, name, bytes))) {
            return Probe.facts(file, ContentType.of(file), limits, true);
        }
    }

    private static byte[] photo(Exif exif) {
        return withSegment(jpeg(40, 30), 0xe1, exif.segment());
    }

    @Test
    void believesTheTimeOfTakingInXmpBeforeTheTimeOfSavingInExif() throws Exception {
        byte[] xmp =
                """
                http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/"
                exif:DateTimeOriginal="2013-07-05T03:18:27Z"/></rdf:RDF></x:xmpmeta>
                """
                        .getBytes(StandardCharsets.UTF_8);
        byte[] saved = photo(new Exif().text(0x132, "2013:07:07 17:20:59"));

        assertThat(probe("a.jpg", withSegment(saved, 0xe1, xmp)).takenAt())
                .isEqualTo(Instant.parse("2013-07-05T03:18:27Z"));
        assertThat(probe("b.jpg", saved).takenAt())
                .isEqualTo(Instant.parse("2013-07-07T17:20:59Z"));
    }

    @Test
    void readsWhenWhereAndWithWhat() throws Exception {
        Exif exif =
                new Exif()
                        .text(Tiff.MAKE, "Canon")
                        .text(MODEL, "Canon EOS 40D")
                        .fraction(0x829a, 1, 250)
                        .fraction(0x829d, 28, 10)
                        .number(0x8827, 400)
                        .text(TIME, "2024:05:06 07:08:09")
                        .text(OFFSET, "+02:00")
                        .fraction(0x920a, 50, 1)
                        .position(
                                "S",
                                new int[] {48, 1, 30, 1, 0, 1},
                                "W",
                                new int[] {11, 1, 15, 1, 36, 1})
                        .altitude(519, 1);

        MediaFacts facts = probe("photo.jpg", photo(exif));

        assertThat(facts.mimeType()).isEqualTo("image/jpeg");
        assertThat(facts.kind()).isEqualTo(MediaKind.PHOTO);
        assertThat(facts.takenAt()).isEqualTo(Instant.parse("2024-05-06T05:08:09Z"));
        assertThat(facts.takenAtOffset()).isEqualTo("+02:00");
        assertThat(facts.cameraMake()).isEqualTo("Canon");
        assertThat(facts.iso()).isEqualTo(400);
        assertThat(facts.aperture()).isEqualTo(2.8);
        assertThat(facts.shutterSpeed()).isEqualTo("1/250");
        assertThat(facts.focalLength()).isEqualTo(50);
        assertThat(facts.latitude()).isCloseTo(-48.5, within(1e-9));
        assertThat(facts.longitude()).isCloseTo(-11.26, within(1e-9));
        assertThat(facts.altitude()).isEqualTo(519);
        assertThat(facts.metadata())
                .containsEntry("Camera", "Canon EOS 40D")
                .containsEntry("GPSLatitude", facts.latitude())
                .containsKeys("GPSLongitude", "Exif IFD0");
        assertThat(facts.warnings()).isEmpty();
    }

    @Test
    void readsLocalTimeAsUtcAndSaysSo() throws Exception {
        MediaFacts facts = probe("photo.jpg", photo(new Exif().text(TIME, "2024:05:06 07:08:09")));

        assertThat(facts.takenAt()).isEqualTo(Instant.parse("2024-05-06T07:08:09Z"));
        assertThat(facts.takenAtOffset()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000:00:00 00:00:00",
                "    :  :     :  :  ",
                "2024:13:45 99:99:99",
                "yesterday"
            })
    void leavesOutATimeThatCannotBe(String time) throws Exception {
        assertThat(probe("photo.jpg", photo(new Exif().text(TIME, time))).takenAt()).isNull();
    }

    @Test
    void keepsWidthAsStoredAndTellsTheUprightOne() throws Exception {
        MediaFacts facts = probe("photo.jpg", withOrientation(jpeg(40, 30), 6));

        assertThat(facts.width()).isEqualTo(40);
        assertThat(facts.orientation()).isEqualTo(6);
        assertThat(facts.uprightWidth()).isEqualTo(30);
        assertThat(facts.uprightHeight()).isEqualTo(40);
    }

    @Test
    void removesWhatDatabasesAndPeopleCannotUse() throws Exception {
        MediaFacts facts =
                probe(
                        "photo.jpg",
                        photo(
                                new Exif()
                                        .text(Tiff.MAKE, "Ca\u0001n\u0007on")
                                        .text(MODEL, "E\u0000OS")));

        assertThat(facts.cameraMake()).isEqualTo("Canon");
        assertThat(facts.metadata().toString()).doesNotContainPattern("[\\x00-\\x08\\x0e-\\x1f]");
    }

    @Test
    void cutsLongTextAndCountsTags() throws Exception {
        byte[] bytes = photo(new Exif().text(Tiff.MAKE, "x".repeat(20_000)).text(MODEL, "Y"));

        MediaFacts facts =
                probe(
                        "photo.jpg",
                        bytes,
                        new Request.Hello(Frames.VERSION, 1_000_000, 100, 10, false));

        assertThat(facts.cameraMake()).hasSize(100);
        int tags = 0;
        for (Object value : facts.metadata().values()) {
            tags += value instanceof Map<?, ?> map ? map.size() : 0;
        }
        assertThat(tags).isLessThanOrEqualTo(10);
        assertThat(facts.warnings()).anyMatch(warning -> warning.contains("10 tags"));
    }

    @ParameterizedTest
    @CsvSource({"91, 1, 0, 1", "48, 1, 181, 1", "4294967, 1, 0, 1", "1, 0, 1, 0"})
    void leavesOutAPositionThatIsNotOnThisPlanet(
            int lat, int latDenominator, int lon, int lonDenominator) throws Exception {
        Exif exif =
                new Exif()
                        .position(
                                "N",
                                new int[] {lat, latDenominator, 0, 1, 0, 1},
                                "E",
                                new int[] {lon, lonDenominator, 0, 1, 0, 1})
                        .altitude(-21, 1);

        MediaFacts facts = probe("photo.jpg", photo(exif));

        assertThat(facts.latitude()).isNull();
        assertThat(facts.longitude()).isNull();
        assertThat(facts.metadata()).doesNotContainKeys("GPSLatitude", "GPSLongitude");
        assertThat(facts.warnings()).anyMatch(warning -> warning.contains("not on this planet"));
        assertThat(facts.warnings()).anyMatch(warning -> warning.contains("altitude"));
    }

    @Test
    void believesTheContentAndNotTheName() throws Exception {
        assertThat(probe("photo.txt", jpeg(40, 30)).mimeType()).isEqualTo("image/jpeg");
        assertThat(probe("photo.mp4", jpeg(40, 30)).kind()).isEqualTo(MediaKind.PHOTO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dear diary, today nothing happened at all.|this is a text file, not a photo, video"
                        + " or audio file",
                "<!DOCTYPE html><html><body>hi</body></html>|this is an HTML page, not a photo,"
                        + " video or audio file",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>|this is an SVG drawing (switched off,"
                        + " see darkroom.media.svg), not a photo, video or audio file",
                "%PDF-1.7 blah|this is a PDF document, not a photo, video or audio file"
            })
    void refusesWhatIsNoMedia(String content, String reason) {
        assertThatThrownBy(() -> probe("photo.jpg", content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessage(reason);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> probe("photo.jpg", new byte[0])).hasMessage("the file is empty");
    }

    @Test
    void refusesABombWithoutReadingOn() {
        assertThatThrownBy(() -> probe("photo.png", TestPictures.pngBomb(65_536, 65_536)))
                .hasMessageContaining("65536 x 65536 pixels is more than the limit of 268 million");
    }

    @Test
    void namesAPngThatWasTransferredAsText() {
        byte[] png = TestPictures.pngBomb(10, 10);
        byte[] mangled =
                new String(png, StandardCharsets.ISO_8859_1)
                        .replace("\r\n", "\n")
                        .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> probe("photo.png", mangled))
                .hasMessageContaining("signature is damaged");
    }

    @Test
    void takesHostileStructureForAWarning() throws Exception {
        // An EXIF directory whose sub-directory is itself: parsers have recursed on that until the
        // stack was full.
        byte[] tiff =
                ByteBuffer.allocate(64)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0})
                        .putShort((short) 1)
                        .putShort((short) 0x8769)
                        .putShort((short) 4)
                        .putInt(1)
                        .putInt(8)
                        .array();
        byte[] segment =
                ByteBuffer.allocate(70)
                        .put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1))
                        .put(tiff)
                        .array();

        assertThat(probe("photo.jpg", withSegment(jpeg(40, 30), 0xe1, segment)).width())
                .isEqualTo(40);
    }

    @Test
    void measuresAWaveFile() throws Exception {
        ByteBuffer wave = ByteBuffer.allocate(44 + 88_200).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(36 + 88_200);
        wave.put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(16);
        wave.putShort((short) 1)
                .putShort((short) 1)
                .putInt(44_100)
                .putInt(88_200)
                .putShort((short) 2)
                .putShort((short) 16);
        wave.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt(88_200);

        MediaFacts facts = probe("noise", wave.array());

        assertThat(facts.kind()).isEqualTo(MediaKind.AUDIO);
        assertThat(facts.mimeType()).isEqualTo("audio/wav");
        assertThat(facts.durationSeconds()).isEqualTo(1.0);
    }

    @Test
    void knowsMp3WithoutATagByItsFrames() throws Exception {
        // 128 kbit/s, 44.1 kHz: frames of 417 bytes
        byte[] mp3 = new byte[417 * 100];
        for (int at = 0; at < mp3.length; at += 417) {
            mp3[at] = (byte) 0xff;
            mp3[at + 1] = (byte) 0xfb;
            mp3[at + 2] = (byte) 0x90;
        }

        MediaFacts facts = probe("song", mp3);

        assertThat(facts.mimeType()).isEqualTo("audio/mpeg");
        assertThat(facts.durationSeconds()).isCloseTo(2.6, within(0.1));
    }
}
