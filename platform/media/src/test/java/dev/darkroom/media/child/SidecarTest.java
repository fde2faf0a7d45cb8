package dev.darkroom.media.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.media.SidecarFacts;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarTest {
    private static final Request.Hello LIMITS =
            new Request.Hello(Frames.VERSION, 1_000_000, 4_096, 2_000, false);

    @TempDir private Path folder;

    private SidecarFacts read(String text) throws IOException, UnreadableMedia {
        Path file = Files.writeString(folder.resolve("a.xmp"), text);
        try (MediaFile opened = MediaFile.open(file)) {
            return Sidecar.facts(opened, LIMITS);
        }
    }

    private static String xmp(String attributes, String elements) {
        return """
               <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
               <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
               <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
                 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" %s>%s</rdf:Description>
               </rdf:RDF></x:xmpmeta>
               <?xpacket end="w"?>
               """
                .formatted(attributes, elements);
    }

    @Test
    void readsWhatLightroomWrites() throws Exception {
        SidecarFacts facts =
                read(
                        xmp(
                                "xmp:Rating=\"4\" photoshop:DateCreated=\"2024-05-06T07:08:09.5+02:00\""
                                        + " exif:GPSLatitude=\"33,51.5S\" exif:GPSLongitude=\"151,12,30W\""
                                        + " exif:GPSAltitude=\"125/10\" exif:GPSAltitudeRef=\"1\"",
                                """
                                <dc:title><rdf:Alt><rdf:li xml:lang="de">Brücke</rdf:li>
                                  <rdf:li xml:lang="x-default">Bridge</rdf:li></rdf:Alt></dc:title>
                                <dc:description><rdf:Alt><rdf:li xml:lang="x-default">At dusk</rdf:li></rdf:Alt></dc:description>
                                <dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>sea</rdf:li><rdf:li> night </rdf:li></rdf:Bag></dc:subject>
                                """));

        assertThat(facts.title()).isEqualTo("Bridge");
        assertThat(facts.description()).isEqualTo("At dusk");
        assertThat(facts.rating()).isEqualTo(4);
        assertThat(facts.keywords()).containsExactly("sea", "night");
        assertThat(facts.takenAt()).isEqualTo(Instant.parse("2024-05-06T05:08:09.5Z"));
        assertThat(facts.takenAtOffset()).isEqualTo("+02:00");
        assertThat(facts.latitude()).isCloseTo(-33.858333, within());
        assertThat(facts.longitude()).isCloseTo(-151.208333, within());
        assertThat(facts.altitude()).isEqualTo(-12.5);
    }

    @Test
    void readsElementsAsWellAsAttributes() throws Exception {
        SidecarFacts facts =
                read(
                        xmp(
                                "",
                                "<xmp:Rating>-1</xmp:Rating>"
                                        + "<exif:DateTimeOriginal>2020:01:02 03:04:05</exif:DateTimeOriginal>"));

        assertThat(facts.rating()).isEqualTo(-1);
        assertThat(facts.takenAt()).isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
        assertThat(facts.takenAtOffset()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "xmp:Rating, 6",
        "xmp:Rating, five",
        "exif:GPSAltitude, 1/0",
        "exif:GPSAltitude, 4294967275",
        "exif:GPSLatitude, '48,51.5N'",
        "exif:DateTimeOriginal, '0000:00:00 00:00:00'",
        "photoshop:DateCreated, yesterday"
    })
    void leavesOutWhatCannotBe(String property, String value) throws Exception {
        SidecarFacts facts = read(xmp(property + "=\"" + value + "\"", ""));

        assertThat(facts).isEqualTo(read(xmp("", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"91,0N", "NaN", "1e400", "48", "-200"})
    void knowsNoPositionOffThePlanet(String latitude) throws Exception {
        SidecarFacts facts =
                read(xmp("exif:GPSLatitude=\"" + latitude + "\" exif:GPSLongitude=\"181,0E\"", ""));

        assertThat(facts.latitude()).isNull();
        assertThat(facts.longitude()).isNull();
    }

    @Test
    void expandsNoEntityAndFetchesNothing() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the secret");
        String type =
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\"><!ENTITY a \"%s\">]>"
                        .formatted(secret.toUri(), "a".repeat(100));
        String body =
                xmp(
                        "",
                        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">&e;&a;</rdf:li></rdf:Alt></dc:title>");

        assertThatThrownBy(() -> read(body.replaceFirst("<x:xmpmeta", type + "<x:xmpmeta")))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessageNotContaining("the secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "<<<<", "<x/>", "{}", "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"})
    void saysNothingOrThatItIsNoXmp(String text) {
        try {
            assertThat(read(text).keywords()).isEmpty();
        } catch (UnreadableMedia | IOException e) {
            assertThat(e).hasMessageMatching("(?s).*(XMP|empty).*");
        }
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        assertThatThrownBy(() -> read(xmp("", " ".repeat(5 * 1024 * 1024))))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessageContaining("4 MiB");
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-6);
    }
}
