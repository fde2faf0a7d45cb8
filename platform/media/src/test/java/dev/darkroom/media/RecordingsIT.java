package dev.darkroom.media;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.media.child.Samples;
import dev.darkroom.media.child.TestPictures;
import dev.darkroom.media.child.ffmpeg.Recorder;
import dev.darkroom.media.child.ffmpeg.Recording;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Video and sound, by way of a child.
class RecordingsIT {
    private static final RenderRequest SIZES =
            new RenderRequest(
                    List.of(
                            new RenderSize("small", 150),
                            new RenderSize("medium", 300),
                            new RenderSize("large", 1_024)),
                    80);

    @TempDir private static Path directory;
    private static MediaPool pool;

    @BeforeAll
    static void open() {
        pool = new MediaPool(MediaOptions.defaults().withProcesses(1));
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Test
    void aVideoSaysWhatItIsAndIsShownUpright() throws Exception {
        Path file =
                Recorder.make(
                        Recording.video("mov", "libopenh264", 3)
                                .withSound("aac")
                                .turnedRight(90)
                                .tag(
                                        "com.apple.quicktime.location.ISO6709",
                                        "+47.3769+008.5417+408/")
                                .tag("com.apple.quicktime.creationdate", "2026-05-06T07:08:09+0200")
                                .tag("com.apple.quicktime.content.identifier", "A-1"),
                        directory.resolve("turned.mov"));

        MediaFacts facts = pool.probe(file, "turned.mov");
        Rendered poster = pool.render(file, SIZES);
        Loop loop = pool.animate(file, "turned.mov", 120).orElseThrow();

        assertThat(facts.kind()).isEqualTo(MediaKind.VIDEO);
        assertThat(facts.durationSeconds()).isCloseTo(3, within(0.2));
        assertThat(facts.uprightWidth()).isEqualTo(240);
        assertThat(facts.uprightHeight()).isEqualTo(320);
        assertThat(facts.takenAt()).isEqualTo(Instant.parse("2026-05-06T05:08:09Z"));
        assertThat(facts.latitude()).isCloseTo(47.3769, within(1e-6));
        assertThat(facts.live().contentIdentifier()).isEqualTo("A-1");
        assertThat(facts.metadata())
                .containsEntry("VideoCodec", "h264")
                .containsEntry("AudioCodec", "aac")
                .containsEntry("HasAudio", true)
                .containsEntry("Rotation", 90)
                .containsEntry("FrameRate", 8.0);
        assertThat(facts.warnings()).isEmpty();
        assertThat(poster.renditions())
                .extracting(one -> one.name() + " " + one.width() + " x " + one.height())
                .containsExactly("small 113 x 150", "medium 225 x 300", "large 240 x 320");
        assertThat(poster.engine()).startsWith("FFmpeg 8");
        // The stored picture's dark left half is the upright one's upper half.
        BufferedImage upright = picture(poster.renditions().getLast());
        assertThat(upright.getRGB(120, 80) & 0xff).isLessThan(upright.getRGB(120, 240) & 0xff);
        assertThat(loop.width()).isEqualTo(90);
        assertThat(loop.height()).isEqualTo(120);
    }

    @Test
    void aCamcordersStreamIsAVideoWithAndWithoutTimesBeforeItsPackets() throws Exception {
        Path plain =
                Recorder.make(
                        Recording.video("mpegts", "libopenh264", 3), directory.resolve("plain.ts"));
        byte[] packets = Files.readAllBytes(plain);
        ByteBuffer timed = ByteBuffer.allocate(packets.length / 188 * 192);
        for (int at = 0; at + 188 <= packets.length; at += 188) {
            timed.putInt(0).put(packets, at, 188);
        }
        Path camcorder = Files.write(directory.resolve("timed.m2ts"), timed.array());

        for (Path file : List.of(plain, camcorder)) {
            MediaFacts facts = pool.probe(file, "00000.MTS");
            assertThat(facts.mimeType()).isEqualTo("video/mp2t");
            assertThat(facts.durationSeconds()).isCloseTo(3, within(0.3));
            assertThat(pool.render(file, SIZES).renditions()).hasSize(3);
        }
    }

    @Test
    void musicSaysWhatItIsAndIsShownAsAWaveform() throws Exception {
        Path file =
                Recorder.make(
                        Recording.sound("mp3", "libmp3lame", 2)
                                .tag("title", "Föhn")
                                .tag("artist", "The Drops")
                                .tag("album", "Weather")
                                .tag("album_artist", "Various")
                                .tag("genre", "Jazz")
                                .tag("date", "1998-03-01")
                                .tag("track", "3/12"),
                        directory.resolve("song.mp3"));

        MediaFacts facts = pool.probe(file, "song.mp3");
        Rendered waveform = pool.render(file, SIZES);

        assertThat(facts.kind()).isEqualTo(MediaKind.AUDIO);
        assertThat(facts.durationSeconds()).isCloseTo(2, within(0.1));
        AudioFacts audio = requireNonNull(facts.audio());
        assertThat(audio)
                .isEqualTo(
                        new AudioFacts(
                                "Föhn",
                                "The Drops",
                                "Weather",
                                "Various",
                                "Jazz",
                                1998,
                                3,
                                2,
                                48_000,
                                audio.bitrate(),
                                "MP3"));
        assertThat(audio.bitrate()).isBetween(100_000, 140_000);
        assertThat(waveform.renditions())
                .extracting(one -> one.name() + " " + one.width() + " x " + one.height())
                .containsExactly("small 150 x 75", "medium 300 x 150", "large 1024 x 512");
        BufferedImage large = picture(waveform.renditions().getLast());
        assertThat(inked(large, 100)).isLessThan(inked(large, 900));
    }

    @Test
    void musicWithACoverIsShownByIt() throws Exception {
        Path plain =
                Recorder.make(Recording.sound("flac", "flac", 1), directory.resolve("plain.flac"));
        byte[] sound = Files.readAllBytes(plain);
        byte[] cover = TestPictures.jpeg(600, 500);
        int header = 4 + 4 + 34; // the mark, and the block that comes first
        ByteBuffer block = ByteBuffer.allocate(4 + 32 + 10 + cover.length);
        block.putInt(6 << 24 | block.capacity() - 4).putInt(3);
        block.putInt(10).put("image/jpeg".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        block.putInt(600).putInt(500).putInt(24).putInt(0).putInt(cover.length).put(cover);
        Path file = directory.resolve("cover.flac");
        Files.write(
                file,
                join(
                        Arrays.copyOf(sound, header),
                        block.array(),
                        Arrays.copyOfRange(sound, header, sound.length)));

        Rendered rendered = pool.render(file, SIZES);

        assertThat(rendered.warnings()).isEmpty();
        assertThat(rendered.renditions().getLast().width()).isEqualTo(600);
        assertThat(rendered.renditions().getLast().height()).isEqualTo(500);
        assertThat(pool.probe(file, "cover.flac").metadata()).containsEntry("HasArtwork", true);
    }

    @ParameterizedTest
    @CsvSource({"mp4, video/mp4", "matroska, video/x-matroska"})
    void withoutFfmpegTheHeadersAreReadAndTheReasonIsTold(String muxer, String type)
            throws Exception {
        Path file =
                Recorder.make(
                        Recording.video(muxer, "mpeg4", 2), directory.resolve("without." + muxer));
        try (MediaPool plain =
                new MediaPool(MediaOptions.defaults().withProcesses(1).withNativeDecoders(false))) {
            MediaFacts facts = plain.probe(file, "without.mp4");

            assertThat(facts.durationSeconds()).isCloseTo(2, within(0.2));
            assertThat(facts.width()).isEqualTo(320);
            assertThat(facts.warnings())
                    .anyMatch(warning -> warning.contains("native decoders are switched off"));
            assertThatThrownBy(() -> plain.render(file, SIZES))
                    .isInstanceOf(MissingDecoder.class)
                    .hasMessageContaining(type)
                    .hasMessageContaining("native decoders are switched off");
            assertThat(plain.capabilities().missing())
                    .anyMatch(line -> line.startsWith(MediaCapabilities.RECORDINGS));
            assertThat(plain.capabilities().renders(type)).isFalse();
        }
        assertThat(pool.capabilities().renders(type)).isTrue();
    }

    /// FFmpeg's reader of QuickTime reads HEIF too, and did not survive mutation 3057 of one whose
    /// brand was damaged.
    @Test
    void picturesThatCallThemselvesAVideoAreNotGivenToFfmpeg() throws Exception {
        byte[] pictures = Samples.of("photo.heic");
        for (int at : new int[] {8, 16, 20}) {
            System.arraycopy(
                    "isom".getBytes(StandardCharsets.US_ASCII), 0, pictures, at, "isom".length());
        }
        Path file = Files.write(directory.resolve("pictures.mp4"), pictures);

        assertThat(pool.probe(file, "pictures.mp4").warnings())
                .anyMatch(warning -> warning.contains("moov box"));
        assertThatThrownBy(() -> pool.render(file, SIZES))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessageContaining("moov box");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "matroska", "avi", "webm"})
    void aVideoThatIsCutOffIsShownOrRefusedForAReason(String muxer) throws Exception {
        String encoder = muxer.equals("webm") ? "libvpx" : "mpeg4";
        Path whole =
                Recorder.make(
                        Recording.video(muxer, encoder, 2), directory.resolve("whole." + muxer));
        byte[] bytes = Files.readAllBytes(whole);
        for (int sixteenth = 1; sixteenth < 16; sixteenth += 3) {
            Path cut = directory.resolve("cut-" + sixteenth + "." + muxer);
            Files.write(cut, Arrays.copyOf(bytes, bytes.length * sixteenth / 16));
            try {
                assertThat(pool.render(cut, SIZES).renditions()).hasSize(3);
            } catch (UnreadableMedia e) {
                assertThat(e).hasMessageContaining("video");
            }
        }
        assertThat(pool.render(whole, SIZES).renditions()).hasSize(3);
    }

    @Test
    void theVideoInsideOfAMotionPhotoIsFoundInEachOfTheWaysToPutItThere() throws Exception {
        byte[] video =
                Files.readAllBytes(
                        Recorder.make(
                                Recording.video("mp4", "mpeg4", 1),
                                directory.resolve("inside.mp4")));
        String google = "xmlns:GCamera='http://ns.google.com/photos/1.0/camera/' ";
        byte[] micro =
                photoWith(
                        google
                                + "GCamera:MicroVideo='1' GCamera:MicroVideoOffset='"
                                + video.length
                                + "'",
                        "");
        byte[] listed =
                photoWith(
                        google
                                + "GCamera:MotionPhoto='1'"
                                + " xmlns:Container='http://ns.google.com/photos/1.0/container/'"
                                + " xmlns:Item='http://ns.google.com/photos/1.0/container/item/'",
                        "<Container:Directory><rdf:Seq>"
                                + "<rdf:li rdf:parseType='Resource'><Container:Item"
                                + " Item:Mime='image/jpeg' Item:Semantic='Primary' Item:Length='0'/></rdf:li>"
                                + "<rdf:li rdf:parseType='Resource'><Container:Item"
                                + " Item:Mime='video/mp4' Item:Semantic='MotionPhoto' Item:Length='"
                                + video.length
                                + "'/></rdf:li></rdf:Seq></Container:Directory>");
        byte[] plain = TestPictures.jpeg(320, 240);

        assertFound(join(micro, video), video);
        assertFound(join(listed, video), video);
        assertFound(join(plain, samsung(video)), video);
        assertThat(facts(join(micro, new byte[video.length])).live()).isEqualTo(LiveFacts.NONE);
        assertThat(facts(join(plain, video)).live()).isEqualTo(LiveFacts.NONE);
    }

    private static void assertFound(byte[] photo, byte[] video) throws Exception {
        LiveFacts live = facts(photo).live();
        int from = requireNonNull(live.videoOffset()).intValue();
        int length = requireNonNull(live.videoLength()).intValue();
        assertThat(Arrays.copyOfRange(photo, from, from + length)).isEqualTo(video);
    }

    private static MediaFacts facts(byte[] photo) throws Exception {
        return pool.probe(Files.write(directory.resolve("motion.jpg"), photo), "motion.jpg");
    }

    private static byte[] photoWith(String attributes, String inner) {
        String xmp =
                "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF"
                        + " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description"
                        + " rdf:about='' "
                        + attributes
                        + ">"
                        + inner
                        + "</rdf:Description></rdf:RDF></x:xmpmeta>";
        return TestPictures.withSegment(
                TestPictures.jpeg(320, 240), 0xe1, xmp.getBytes(StandardCharsets.UTF_8));
    }

    /// A block with a name and the video, then the directory that finds it from the end.
    private static byte[] samsung(byte[] video) {
        byte[] name = "MotionPhoto_Data".getBytes(StandardCharsets.US_ASCII);
        int block = 8 + name.length + video.length;
        ByteBuffer trailer = ByteBuffer.allocate(block + 24 + 8).order(ByteOrder.LITTLE_ENDIAN);
        trailer.putShort((short) 0).putShort((short) 0x0a30).putInt(name.length);
        trailer.put(name).put(video);
        trailer.put("SEFH".getBytes(StandardCharsets.US_ASCII)).putInt(106).putInt(1);
        trailer.putShort((short) 0).putShort((short) 0x0a30).putInt(block).putInt(block);
        trailer.putInt(24).put("SEFT".getBytes(StandardCharsets.US_ASCII));
        return trailer.array();
    }

    private static BufferedImage picture(Rendition rendition) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(rendition.bytes()));
    }

    /// Pixels of a column that are brighter than the ground.
    private static int inked(BufferedImage image, int around) {
        int inked = 0;
        for (int x = around; x < around + 20; x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                inked += (image.getRGB(x, y) >> 16 & 0xff) > 100 ? 1 : 0;
            }
        }
        return inked;
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
