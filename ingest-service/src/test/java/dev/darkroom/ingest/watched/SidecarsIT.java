package dev.darkroom.ingest.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.FileEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// XMP files beside photos.
class SidecarsIT {
    private static final String PLACED =
            "exif:GPSLatitude=\"48,51.5N\" exif:GPSLongitude=\"2,17,40.2E\" exif:GPSAltitude=\"350/10\"";

    @TempDir private Path scratch;
    private WatchedFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = new WatchedFolder(scratch, "in-place");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void aSidecarIsReadWithItsFile() throws Exception {
        folder.deliver(
                folder.put(
                        "IMG_1.jpg.xmp",
                        xmp(
                                "xmp:Rating=\"4\" exif:DateTimeOriginal=\"2020-05-06T07:08:09+02:00\" "
                                        + PLACED,
                                """
                                <dc:description><rdf:Alt><rdf:li xml:lang="x-default">The tower</rdf:li></rdf:Alt></dc:description>
                                <dc:subject><rdf:Bag><rdf:li>Paris</rdf:li><rdf:li>steel</rdf:li></rdf:Bag></dc:subject>
                                """)),
                folder.put("IMG_1.jpg", 100));

        assertThat(values("IMG_1.jpg"))
                .isEqualTo("The tower|4|2020-05-06 05:08:09+00|48.85833333|2.29450000|35.00");
        assertThat(sidecars()).containsExactly("IMG_1.jpg.xmp 1 {Paris,steel}");
    }

    @Test
    void aSidecarThatComesLaterChangesAndGoesIsFollowed() throws Exception {
        folder.deliver(folder.put("IMG_1.jpg", 101));
        UUID id = folder.id("IMG_1.jpg");
        String before = values("IMG_1.jpg");

        folder.deliver(folder.put("IMG_1.xmp", xmp("xmp:Rating=\"2\" " + PLACED, "")));
        assertThat(values("IMG_1.jpg")).isEqualTo("null|2|null|48.85833333|2.29450000|35.00");

        folder.deliver(folder.put("IMG_1.xmp", xmp("xmp:Rating=\"5\"", "")));
        assertThat(values("IMG_1.jpg")).isEqualTo("null|5|null|null|null|null");

        folder.deliver(folder.delete("IMG_1.xmp"));
        assertThat(values("IMG_1.jpg")).isEqualTo(before);
        assertThat(sidecars()).isEmpty();
        assertThat(folder.assets()).containsExactly("IMG_1.jpg v1");
        assertThat(folder.events(id))
                .containsExactly(
                        "asset.created.v1",
                        "asset.updated.v1",
                        "asset.updated.v1",
                        "asset.updated.v1");
    }

    @Test
    void whatAPersonEditedInDarkroomWins() throws Exception {
        folder.deliver(
                folder.put("a.jpg", 102), folder.put("a.jpg.xmp", xmp("xmp:Rating=\"2\"", "")));
        folder.ingest.sql("update assets set rating = 0, description = 'Mine'").update();

        folder.deliver(
                folder.put(
                        "a.jpg.xmp",
                        xmp(
                                "xmp:Rating=\"5\" " + PLACED,
                                "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Theirs</rdf:li></rdf:Alt></dc:title>")));

        assertThat(values("a.jpg")).startsWith("Mine|0|").contains("48.85833333");
        folder.deliver(folder.delete("a.jpg.xmp"));
        assertThat(values("a.jpg")).isEqualTo("Mine|0|null|null|null|null");
    }

    @Test
    void theSidecarOfTheWholeNameCountsBeforeTheOneOfTheStem() throws Exception {
        folder.deliver(
                folder.put("a.jpg", 103),
                folder.put("a.png", 104),
                folder.put("a.xmp", xmp("xmp:Rating=\"1\"", "")),
                folder.put("a.jpg.xmp", xmp("xmp:Rating=\"5\"", "")),
                folder.put("ab.jpg", 105));
        assertThat(rating("a.jpg") + rating("a.png") + rating("ab.jpg")).isEqualTo("510");

        folder.deliver(folder.delete("a.jpg.xmp"));

        assertThat(rating("a.jpg") + rating("a.png")).isEqualTo("11");
    }

    @Test
    void sidecarsFollowTheirFileWhenBothMove() throws Exception {
        folder.deliver(
                folder.put("a.jpg", 106), folder.put("a.jpg.xmp", xmp("xmp:Rating=\"3\"", "")));

        folder.deliver(folder.move("a.jpg", "b.jpg"));
        assertThat(rating("b.jpg")).isEqualTo("0");
        folder.deliver(folder.move("a.jpg.xmp", "b.jpg.xmp"));
        assertThat(rating("b.jpg")).isEqualTo("3");
        folder.deliver(folder.move("b.jpg.xmp", "b.bak"));
        assertThat(rating("b.jpg")).isEqualTo("0");
    }

    @Test
    void aSidecarThatComesWhileItsFileIsReadIsNotMissed() throws Exception {
        FileEvent photo = folder.put("a.jpg", 107);
        Runnable late = folder.lookNow(photo);
        folder.deliver(folder.put("a.xmp", xmp("xmp:Rating=\"3\"", "")));

        org.assertj.core.api.Assertions.assertThatThrownBy(late::run)
                .hasMessageContaining("a sidecar came");
        folder.deliver(photo);

        assertThat(rating("a.jpg")).isEqualTo("3");
    }

    @Test
    void aNewVersionIsReadWithItsSidecarAgain() throws Exception {
        folder.deliver(
                folder.put("a.jpg", 108),
                folder.put("a.jpg.xmp", xmp("xmp:Rating=\"3\" " + PLACED, "")));

        folder.deliver(folder.put("a.jpg", 109));

        assertThat(folder.assets()).containsExactly("a.jpg v2");
        assertThat(values("a.jpg")).isEqualTo("null|3|null|48.85833333|2.29450000|35.00");
        folder.deliver(folder.delete("a.jpg.xmp"));
        assertThat(values("a.jpg")).isEqualTo("null|0|null|null|null|null");
    }

    @Test
    void aSidecarThatIsNoXmpOrAsksForMoreIsLeftAlone() throws Exception {
        String entity =
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                        + xmp(
                                "xmp:Rating=\"3\"",
                                "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">&e;</rdf:li></rdf:Alt></dc:title>");
        folder.deliver(
                folder.put("a.jpg", 110),
                folder.put("a.jpg.xmp", entity),
                folder.put("b.jpg", 111),
                folder.put("b.jpg.xmp", "<<<< no"));

        assertThat(folder.assets()).containsExactly("a.jpg v1", "b.jpg v1");
        assertThat(values("a.jpg")).isEqualTo("null|0|null|null|null|null");
    }

    static String xmp(String attributes, String elements) {
        return """
               <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
               <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
                 %s>%s</rdf:Description></rdf:RDF></x:xmpmeta>
               """
                .formatted(attributes, elements);
    }

    private String rating(String name) {
        return folder.value(name, "rating");
    }

    private String values(String name) {
        return folder.value(
                name,
                """
                concat_ws('|', coalesce(description, 'null'), rating,
                    coalesce((taken_at at time zone 'UTC')::text || '+00', 'null'),
                    coalesce(latitude::text, 'null'), coalesce(longitude::text, 'null'),
                    coalesce(altitude::text, 'null'))
                """);
    }

    private List<String> sidecars() {
        return folder.admin
                .sql(
                        """
                        select split_part(storage_path, '/', 4) || ' ' || asset_version || ' ' || keywords::text
                        from asset_files where role = 'sidecar'
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
