package dev.darkroom.media.child.ffmpeg;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.media.TestLibraries;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What FFmpeg finds in containers and tracks, and what it is kept from.
class AvFileTest {
    private static final long MANY_PIXELS = 100_000_000;

    @TempDir private Path directory;

    @BeforeAll
    static void load() throws Exception {
        TestLibraries.provide();
        Ffmpeg.load();
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, libopenh264, aac, video/mp4, h264",
        "mp4, libvpx-vp9, libopus, video/mp4, vp9",
        "mov, mjpeg, pcm_s16le, video/quicktime, mjpeg",
        "3gp, mpeg4, aac, video/3gpp, mpeg4",
        "matroska, libopenh264, flac, video/x-matroska, h264",
        "webm, libvpx, libopus, video/webm, vp8",
        "avi, mpeg4, libmp3lame, video/x-msvideo, mpeg4",
        "asf, wmv2, wmav2, video/x-ms-wmv, wmv2",
        "flv, flv, libmp3lame, video/x-flv, flv1",
        "mpegts, libopenh264, aac, video/mp2t, h264",
    })
    void readsAndShowsVideosOfEveryContainer(
            String muxer, String encoder, String sound, String type, String codec)
            throws Exception {
        Path file = made(Recording.video(muxer, encoder, 3).withSound(sound));
        try (AvFile video = open(file, type)) {
            AvFacts facts = video.facts();
            assertThat(facts.durationSeconds()).isCloseTo(3, within(0.3));
            assertThat(requireNonNull(facts.video()).codec()).isEqualTo(codec);
            assertThat(requireNonNull(facts.video()).width()).isEqualTo(320);
            assertThat(requireNonNull(facts.video()).height()).isEqualTo(240);
            assertThat(requireNonNull(facts.video()).framesPerSecond()).isCloseTo(8, within(0.5));
            assertThat(requireNonNull(facts.audio()).channels()).isEqualTo(2);
            Still poster = video.poster(160);
            assertThat(poster.width()).isEqualTo(160);
            assertThat(poster.height()).isEqualTo(120);
            assertThat(poster.at()).isBetween(0.0, 1.2);
            assertThat(brightness(poster, 10)).isLessThan(brightness(poster, 150) - 80);
            assertThat(video.loop(100)).hasValueSatisfying(AvFileTest::isAnimatedWebp);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mp3, libmp3lame, audio/mpeg, mp3",
        "flac, flac, audio/flac, flac",
        "ipod, aac, audio/mp4, aac",
        "ipod, alac, audio/mp4, alac",
        "ogg, vorbis, audio/ogg, vorbis",
        "opus, libopus, audio/opus, opus",
        "wav, pcm_s16le, audio/wav, pcm_s16le",
        "aiff, pcm_s16be, audio/aiff, pcm_s16be",
        "asf, wmav2, audio/x-ms-wma, wmav2",
    })
    void hearsHowLoudSoundsOfEveryFormatAre(String muxer, String encoder, String type, String codec)
            throws Exception {
        Path file =
                made(
                        Recording.sound(muxer, encoder, 2)
                                .tag("title", "Föhn")
                                .tag("artist", "The Drops"));
        try (AvFile sound = open(file, type)) {
            AvFacts facts = sound.facts();
            assertThat(facts.durationSeconds()).isCloseTo(2, within(0.15));
            assertThat(requireNonNull(facts.audio()).codec()).isEqualTo(codec);
            assertThat(requireNonNull(facts.audio()).sampleRate()).isEqualTo(48_000);
            assertThat(facts.tags()).containsEntry("title", "Föhn");
            float[] peaks = sound.peaks(4);
            assertThat(peaks).isSorted();
            assertThat(peaks[0]).isCloseTo(0.3f, within(0.1f));
            assertThat(peaks[3]).isCloseTo(0.9f, within(0.12f));
        }
    }

    @Test
    void hearsAWmaFileWhoseTaggerLeftBytesBehindTheHeader() throws Exception {
        Path file = made(Recording.sound("asf", "wmav2", 1).tag("title", "Shorter now"));
        byte[] whole = Files.readAllBytes(file);
        int header = (whole[16] & 0xff) | (whole[17] & 0xff) << 8;
        byte[] longer = new byte[whole.length + 3_852];
        System.arraycopy(whole, 0, longer, 0, header);
        System.arraycopy(whole, header, longer, header + 3_852, whole.length - header);

        try (AvFile sound = open(longer, "audio/x-ms-wma")) {
            assertThat(sound.facts().tags()).containsEntry("title", "Shorter now");
            assertThat(sound.peaks(2)[1]).isGreaterThan(0.5f);
        }
    }

    @Test
    void passesOverBlackToTheFirstPictureThatShowsSomething() throws Exception {
        Path file = made(Recording.video("mp4", "mpeg4", 6).black(3.5));
        try (AvFile video = open(file, "video/mp4")) {
            assertThat(video.poster(320).at()).isBetween(3.5, 4.0);
        }
    }

    @Test
    void takesTheFirstPictureOfAShortClip() throws Exception {
        Path file = made(Recording.video("mp4", "mpeg4", 1.5));
        try (AvFile video = open(file, "video/mp4")) {
            assertThat(video.poster(320).at()).isZero();
        }
    }

    @Test
    void showsBlackWhenThereIsNothingElse() throws Exception {
        Path file = made(Recording.video("mp4", "mpeg4", 2).black(2));
        try (AvFile video = open(file, "video/mp4")) {
            assertThat(brightness(video.poster(320), 160)).isLessThan(10);
        }
    }

    @ParameterizedTest
    @CsvSource({"90, 75, 100", "180, 100, 75", "270, 75, 100"})
    void knowsHowPlayersTurnIt(int right, int width, int height) throws Exception {
        Path file = made(Recording.video("mov", "mpeg4", 2).turnedRight(right));
        try (AvFile video = open(file, "video/quicktime")) {
            assertThat(requireNonNull(video.facts().video()).turnedRight()).isEqualTo(right);
            Animation loop = video.loop(100).orElseThrow();
            assertThat(loop.width()).isEqualTo(width);
            assertThat(loop.height()).isEqualTo(height);
        }
    }

    @Test
    void makesALoopOfMomentsFromALongVideoAndOfMovementWhenItHasOneKeyframe() throws Exception {
        Path many = made(Recording.video("mp4", "mpeg4", 20));
        Path one = made(Recording.video("matroska", "mpeg4", 12).keyframeEvery(1_000));
        try (AvFile video = open(many, "video/mp4")) {
            assertThat(video.loop(80).orElseThrow().frames()).isEqualTo(12);
        }
        try (AvFile video = open(one, "video/x-matroska")) {
            assertThat(video.loop(80).orElseThrow().frames()).isEqualTo(12);
        }
    }

    @Test
    void makesNoLoopOfASinglePicture() throws Exception {
        Path file = made(Recording.video("mp4", "mpeg4", 0.125));
        try (AvFile video = open(file, "video/mp4")) {
            assertThat(video.loop(80)).isEmpty();
        }
    }

    @Test
    void reachesNoOtherFileThroughAPlaylist() throws Exception {
        Path secret = made(Recording.video("mp4", "mpeg4", 1));
        String playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:" + secret + "\n";
        for (String type : AvFile.mimeTypes()) {
            assertThatThrownBy(
                            () -> open(playlist.getBytes(StandardCharsets.UTF_8), type).poster(99))
                    .as(type)
                    .isInstanceOf(AvFailed.class);
        }
    }

    @Test
    void refusesMorePixelsThanAreAllowed() throws Exception {
        Path file = made(Recording.video("mp4", "mpeg4", 1));
        try (AvFile video =
                AvFile.open(MemorySegment.ofArray(Files.readAllBytes(file)), "video/mp4", 70_000)) {
            assertThatThrownBy(() -> video.poster(100)).hasMessageContaining("320 x 240");
        }
    }

    private static double brightness(Still still, int x) {
        int sum = 0;
        for (int y = 0; y < still.height(); y++) {
            sum += still.argb()[y * still.width() + x] >> 8 & 0xff;
        }
        return (double) sum / still.height();
    }

    private static void isAnimatedWebp(Animation loop) {
        String head = new String(loop.webp(), 0, 64, StandardCharsets.ISO_8859_1);
        assertThat(head).startsWith("RIFF").contains("WEBPVP8X").contains("ANIM");
        assertThat(loop.frames()).isBetween(6, 12);
    }

    private Path made(Recording wanted) {
        return Recorder.make(wanted, directory.resolve(wanted.hashCode() + ".bin"));
    }

    private static AvFile open(Path file, String type) throws AvFailed, IOException {
        return open(Files.readAllBytes(file), type);
    }

    private static AvFile open(byte[] bytes, String type) throws AvFailed {
        return AvFile.open(MemorySegment.ofArray(bytes), type, MANY_PIXELS);
    }
}
