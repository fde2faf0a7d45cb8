package dev.darkroom.media.child.jpeg;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the segments of a JPEG's header, and stops at everything that is not plain baseline; or
/// only at what nobody could turn into luminance and two colour differences of 8 bits.
final class FrameReader {

    private static final int PROFILE_HEADER = 14;
    private static final int ADOBE_YCBCR = 1;

    /// A channel as the frame header describes it, before the tables are known.
    private record Channel(int id, int across, int down, int quantisation) {}

    /// What is known without an understanding of the compressed data.
    ///
    /// @param profile the embedded colour profile; empty when there is none
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Outline(int width, int height, boolean grey, byte[] profile) {}

    private final MemorySegment file;
    private final boolean anyProcess;
    private final int[] @Nullable [] quantisations = new int[4][];
    private final @Nullable HuffmanCode[] differences = new HuffmanCode[4];
    private final @Nullable HuffmanCode[] coefficients = new HuffmanCode[4];
    private final byte[] @Nullable [] profile = new byte[256][];
    private final List<Channel> channels = new ArrayList<>();
    private int profileParts;
    private int width;
    private int height;
    private int restartInterval;
    private boolean jfif;
    private int adobeTransform = -1;

    private FrameReader(MemorySegment file, boolean anyProcess) {
        this.file = file;
        this.anyProcess = anyProcess;
    }

    static Frame read(MemorySegment file) throws UnusualJpeg {
        FrameReader reader = new FrameReader(file, false);
        return reader.frame(reader.walk());
    }

    /// Of progressive and arithmetic pictures, too.
    static Outline outline(MemorySegment file) throws UnusualJpeg {
        FrameReader reader = new FrameReader(file, true);
        reader.walk();
        reader.requireYCbCr();
        return new Outline(
                reader.width, reader.height, reader.channels.size() == 1, reader.profile());
    }

    /// Where the first scan's header is.
    private long walk() throws UnusualJpeg {
        long at = 2;
        while (true) {
            if (u8(at) != 0xff) {
                throw new UnusualJpeg("bytes between the segments");
            }
            int marker = u8(at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            long body = at + 4;
            long end = at + 2 + u16(at + 2);
            if (end < body || end > file.byteSize()) {
                throw new UnusualJpeg("a segment of wrong length");
            }
            if (marker == 0xda) {
                if (channels.isEmpty()) {
                    throw new UnusualJpeg("a scan without a frame");
                }
                return body;
            }
            segment(marker, body, end);
            at = end;
        }
    }

    private void segment(int marker, long body, long end) throws UnusualJpeg {
        switch (marker) {
            case 0xc0, 0xc1 -> startOfFrame(body, end);
            case 0xc4 -> {
                if (!anyProcess) {
                    huffmanTables(body, end);
                }
            }
            case 0xdb -> quantisationTables(body, end);
            case 0xdd -> restartInterval = u16(body);
            case 0xe0 -> jfif |= startsWith(body, end, "JFIF");
            case 0xe2 -> profilePart(body, end);
            case 0xee -> {
                if (startsWith(body, end, "Adobe") && end - body >= 12) {
                    adobeTransform = u8(body + 11);
                }
            }
            case 0xc2, 0xc9, 0xca -> {
                requireAnyProcess(marker, body);
                startOfFrame(body, end);
            }
            case 0xcc -> requireAnyProcess(marker, body);
            case 0xc3, 0xc5, 0xc6, 0xc7, 0xc8, 0xcb, 0xcd, 0xce, 0xcf ->
                    throw notBaseline(marker, body);
            case 0, 1, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xdc ->
                    throw new UnusualJpeg("marker %02x in the header".formatted(marker));
            default -> {} // metadata
        }
    }

    private void requireAnyProcess(int marker, long body) throws UnusualJpeg {
        if (!anyProcess) {
            throw notBaseline(marker, body);
        }
    }

    private UnusualJpeg notBaseline(int marker, long body) throws UnusualJpeg {
        requireEightBits(u8(body));
        return new UnusualJpeg("a process that is not baseline: %02x".formatted(marker));
    }

    private static void requireEightBits(int precision) throws UnusualJpeg {
        if (precision > 8) {
            throw new UnusualJpeg.TooDeep(precision);
        }
    }

    private void startOfFrame(long body, long end) throws UnusualJpeg {
        requireEightBits(u8(body));
        if (!channels.isEmpty()) {
            throw new UnusualJpeg("two frames");
        }
        height = u16(body + 1);
        width = u16(body + 3);
        int count = u8(body + 5);
        if (width == 0 || height == 0 || (count != 1 && count != 3) || end - body < 6 + 3 * count) {
            throw new UnusualJpeg(width + " x " + height + " with " + count + " components");
        }
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            long at = body + 6 + 3L * i;
            int across = u8(at + 1) >> 4;
            int down = u8(at + 1) & 15;
            blocks += across * down;
            if (across < 1 || across > 4 || down < 1 || down > 4) {
                throw new UnusualJpeg("sampling of " + across + " x " + down);
            }
            // A single component is never interleaved: its blocks come one by one.
            boolean single = count == 1;
            channels.add(
                    new Channel(u8(at), single ? 1 : across, single ? 1 : down, u8(at + 2) & 3));
        }
        if (channels.size() > 1 && blocks > Frame.MAX_BLOCKS) {
            throw new UnusualJpeg(blocks + " blocks in a unit");
        }
    }

    private void huffmanTables(long body, long end) throws UnusualJpeg {
        long at = body;
        while (at + 17 <= end) {
            int[] counts = new int[HuffmanCode.LONGEST];
            int total = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] = u8(at + 1 + i);
                total += counts[i];
            }
            if (total > 256 || at + 17 + total > end) {
                throw new UnusualJpeg("a Huffman table of " + total + " symbols");
            }
            byte[] symbols = file.asSlice(at + 17, total).toArray(ValueLayout.JAVA_BYTE);
            int id = u8(at);
            HuffmanCode code = new HuffmanCode(counts, symbols);
            if (id >> 4 == 0) {
                differences[id & 3] = BlockCode.requireDifferences(code);
            } else {
                coefficients[id & 3] = BlockCode.requireCoefficients(code);
            }
            at += 17 + total;
        }
    }

    private void quantisationTables(long body, long end) throws UnusualJpeg {
        long at = body;
        while (at < end) {
            int id = u8(at++);
            boolean wide = id >> 4 != 0;
            if (at + (wide ? 128 : 64) > end) {
                throw new UnusualJpeg("a quantisation table that is too short");
            }
            int[] steps = new int[Zigzag.LENGTH];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = wide ? u16(at) : u8(at);
                at += wide ? 2 : 1;
            }
            quantisations[id & 3] = steps;
        }
    }

    private void profilePart(long body, long end) throws UnusualJpeg {
        if (startsWith(body, end, "ICC_PROFILE\0") && end - body > PROFILE_HEADER) {
            int part = u8(body + 12);
            profileParts = u8(body + 13);
            long length = end - body - PROFILE_HEADER;
            profile[part] =
                    file.asSlice(body + PROFILE_HEADER, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private byte[] profile() throws UnusualJpeg {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int i = 1; i <= profileParts; i++) {
            byte[] part = profile[i];
            if (part == null) {
                throw new UnusualJpeg("a part of the colour profile is missing");
            }
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /// @param body of the first scan's header
    private Frame frame(long body) throws UnusualJpeg {
        long end = body - 2 + u16(body - 2);
        requireYCbCr();
        int count = channels.size();
        if (count == 0 || u8(body) != count || end - body < 4 + 2 * count) {
            throw new UnusualJpeg("several scans");
        }
        if (u8(end - 3) != 0 || u8(end - 2) != Zigzag.LENGTH - 1 || u8(end - 1) != 0) {
            throw new UnusualJpeg("a scan of a part of the coefficients");
        }
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Channel channel = channels.get(i);
            int tables = u8(body + 2 + 2L * i);
            int[] steps = quantisations[channel.quantisation];
            HuffmanCode dc = differences[tables >> 4 & 3];
            HuffmanCode ac = coefficients[tables & 3];
            if (u8(body + 1 + 2L * i) != channel.id || steps == null || dc == null || ac == null) {
                throw new UnusualJpeg("a scan without its tables");
            }
            components.add(
                    new Component(channel.across, channel.down, steps, new BlockCode(dc, ac)));
        }
        return new Frame(width, height, components, restartInterval, profile(), end);
    }

    /// The same guesses as other decoders make where nothing is said.
    private void requireYCbCr() throws UnusualJpeg {
        if (channels.size() != 3) {
            return;
        }
        boolean named =
                channels.get(0).id == 'R' && channels.get(1).id == 'G' && channels.get(2).id == 'B';
        boolean adobe = adobeTransform >= 0 && adobeTransform != ADOBE_YCBCR;
        if (adobe || (named && !jfif && adobeTransform < 0)) {
            throw new UnusualJpeg("red, green and blue as they are");
        }
    }

    private boolean startsWith(long at, long end, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        return end - at >= expected.length
                && file.asSlice(at, expected.length).mismatch(MemorySegment.ofArray(expected)) < 0;
    }

    private int u8(long at) throws UnusualJpeg {
        if (at < 0 || at >= file.byteSize()) {
            throw new UnusualJpeg("the header is cut off");
        }
        return file.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    private int u16(long at) throws UnusualJpeg {
        return u8(at) << 8 | u8(at + 1);
    }
}
