package dev.darkroom.media.child.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reads what [BlockReader] reads, which reads one unit after the other.
class StretchReaderTest {

    private interface Made {
        UnitReader of(Frame frame, EntropyData data);
    }

    /// What a reader made of a picture: its blocks, as far as they are kept, or why it gave up.
    ///
    /// @param inOneGo the most units that it gave at once
    private record Read(List<short[]> blocks, int inOneGo, boolean refused) {}

    private static Read inOrder(byte[] jpeg, int kept) {
        return read(jpeg, kept, JpegDecoder::inOrder);
    }

    private static Read inStretches(byte[] jpeg, int kept) {
        return read(jpeg, kept, (frame, data) -> JpegDecoder.inStretches(frame, data, kept));
    }

    private static Read read(byte[] jpeg, int kept, Made made) {
        List<short[]> blocks = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(jpeg.length);
            file.copyFrom(MemorySegment.ofArray(jpeg));
            Frame frame = FrameReader.read(file);
            EntropyData data = new EntropyData(file, frame.dataOffset());
            UnitReader reader = made.of(frame, data);
            int interval =
                    frame.restartInterval() == 0 ? Integer.MAX_VALUE : frame.restartInterval();
            int units = frame.unitsAcross() * frame.unitsDown();
            int inOneGo = 0;
            for (int unit = 0; unit < units; ) {
                if (unit > 0 && unit % interval == 0) {
                    reader.restart();
                }
                int most = Math.min(units - unit, interval - unit % interval);
                int read = reader.read(most);
                inOneGo = Math.max(inOneGo, read);
                for (int i = 0; i < read * frame.blocksInUnit(); i++) {
                    int from = reader.from() + i * reader.stride();
                    short[] block = Arrays.copyOfRange(reader.blocks(), from, from + kept);
                    for (int k = 0; k < kept; k++) {
                        block[k] = (short) Marked.value(block[k]);
                    }
                    blocks.add(block);
                }
                unit += read;
            }
            reader.finish();
            return new Read(blocks, inOneGo, !data.complete());
        } catch (UnusualJpeg e) {
            return new Read(List.of(), 0, true);
        }
    }

    private static void assertAlike(byte[] jpeg, int kept) {
        Read expected = inOrder(jpeg, kept);
        Read actual = inStretches(jpeg, kept);
        assertThat(actual.refused).isEqualTo(expected.refused);
        assertThat(actual.blocks).hasSameSizeAs(expected.blocks);
        for (int i = 0; i < expected.blocks.size(); i++) {
            if (!Arrays.equals(actual.blocks.get(i), expected.blocks.get(i))) {
                assertThat(actual.blocks.get(i))
                        .as("block %d", i)
                        .isEqualTo(expected.blocks.get(i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "11, 0",
        "11, 1",
        "11, 50",
        "11 11 11, 0",
        "11 11 11, 9",
        "21 11 11, 0",
        "21 11 11, 4",
        "22 11 11, 0",
        "22 11 11, 1",
        "22 11 11, 40",
        "12 11 11, 100",
        "41 11 11, 2",
        "22 21 12, 0"
    })
    void readsTheSame(String sampling, int interval) {
        for (int kept : new int[] {16, 64}) {
            byte[] jpeg = RandomJpeg.of(kept, 420, 330, sampling, interval).bytes();

            assertAlike(jpeg, kept);

            assertThat(inStretches(jpeg, kept).refused).isFalse();
        }
    }

    @Test
    void readsMostOfAPhotoInLanes() {
        byte[] photo = PracticePicture.of(2000, 1500);

        assertAlike(photo, 16);

        assertThat(inStretches(photo, 16).inOneGo).isGreaterThan(BlockReader.MOST);
    }

    @Test
    void readsOneByOneWhenNoLaneFallsIntoStep() {
        byte[] photo = RandomJpeg.inOneCode(1, 1000, 800, "11 11 11").bytes();

        assertAlike(photo, 16);
    }

    @Test
    void givesUpWhereTheOtherDoes() {
        Random random = new Random(5);
        int refused = 0;
        for (int interval : new int[] {0, 3, 200}) {
            byte[] whole = RandomJpeg.of(3, 320, 240, "21 11 11", interval).bytes();
            for (int i = 0; i < 300; i++) {
                byte[] broken = whole.clone();
                for (int flips = random.nextInt(3); flips >= 0; flips--) {
                    int bit = 8 * 700 + random.nextInt(8 * (broken.length - 700));
                    broken[bit / 8] ^= (byte) (1 << bit % 8);
                }
                assertAlike(broken, 16);
                refused += inStretches(broken, 16).refused ? 1 : 0;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void drawsTheSamePicture() throws Exception {
        for (String sampling : List.of("22 11 11", "21 11 11", "11 11 11", "11")) {
            byte[] jpeg = RandomJpeg.of(9, 640, 480, sampling, 0).bytes();
            for (int width : new int[] {100, 300, 640}) {
                SmallPicture expected = drawn(jpeg, width, false);
                SmallPicture actual = drawn(jpeg, width, true);

                assertThat(actual.luminance().samples()).isEqualTo(expected.luminance().samples());
                assertThat(actual.blueness().samples()).isEqualTo(expected.blueness().samples());
                assertThat(actual.redness().samples()).isEqualTo(expected.redness().samples());
            }
        }
    }

    private static SmallPicture drawn(byte[] jpeg, int width, boolean inStretches)
            throws UnusualJpeg {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(jpeg.length);
            file.copyFrom(MemorySegment.ofArray(jpeg));
            Frame frame = FrameReader.read(file);
            EntropyData data = new EntropyData(file, frame.dataOffset());
            SmallPicture picture = SmallPicture.empty(width, width * 3 / 4);
            List<ChannelDecoder> channels = JpegDecoder.channels(frame, picture);
            UnitReader reader =
                    inStretches
                            ? JpegDecoder.inStretches(frame, data, JpegDecoder.kept(channels))
                            : JpegDecoder.inOrder(frame, data);
            JpegDecoder.decode(frame, channels, data, reader);
            return picture;
        }
    }
}
