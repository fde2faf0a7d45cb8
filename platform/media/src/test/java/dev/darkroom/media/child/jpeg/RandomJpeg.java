package dev.darkroom.media.child.jpeg;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A JPEG of random coefficients, so that a test knows exactly what a decoder must see in it.
///
/// @param channels its components, as they were before they were written
@SuppressWarnings("ArrayRecordComponent") // never compared
record RandomJpeg(byte[] bytes, int width, int height, List<Channel> channels) {

    /// @param blocks coefficients by row, column and zigzag position
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Channel(
            int across, int down, double width, double height, int[] steps, short[][][] blocks) {

        /// What the blocks look like at `scale / 8`, by the textbook.
        double[][] pixels(int scale) {
            double[][] pixels = new double[blocks.length * scale][blocks[0].length * scale];
            for (int y = 0; y < pixels.length; y++) {
                for (int x = 0; x < pixels[0].length; x++) {
                    double sum = 128;
                    short[] block = blocks[y / scale][x / scale];
                    for (int i = 0; i < 64; i++) {
                        int u = Zigzag.natural(i) & 7;
                        int v = Zigzag.natural(i) >> 3;
                        if (u < scale && v < scale) {
                            sum +=
                                    block[i]
                                            * steps[i]
                                            * (scale / 8.0)
                                            * wave(u, x % scale, scale)
                                            * wave(v, y % scale, scale);
                        }
                    }
                    pixels[y][x] = Math.clamp(sum, 0, 255);
                }
            }
            return pixels;
        }

        private static double wave(int frequency, int place, int size) {
            return Math.sqrt((frequency == 0 ? 1.0 : 2.0) / size)
                    * Math.cos((2 * place + 1) * frequency * Math.PI / (2 * size));
        }
    }

    /// @param sampling blocks across and down for each component, such as `22 11 11`
    /// @param restartInterval 0 for none
    static RandomJpeg of(long seed, int width, int height, String sampling, int restartInterval) {
        return of(seed, width, height, sampling, restartInterval, 1);
    }

    /// One whose components are all written in the same code.
    static RandomJpeg inOneCode(long seed, int width, int height, String sampling) {
        return of(seed, width, height, sampling, 0, 0);
    }

    /// @param lastCode the number of the code that colours are written in; luminance has 0
    private static RandomJpeg of(
            long seed, int width, int height, String sampling, int restartInterval, int lastCode) {
        Random random = new Random(seed);
        String[] factors = sampling.split(" ", -1);
        int mostAcross = 1;
        int mostDown = 1;
        for (String factor : factors) {
            mostAcross = Math.max(mostAcross, factor.charAt(0) - '0');
            mostDown = Math.max(mostDown, factor.charAt(1) - '0');
        }
        int unitsAcross = Math.ceilDiv(width, 8 * mostAcross);
        int unitsDown = Math.ceilDiv(height, 8 * mostDown);
        List<Channel> channels = new ArrayList<>();
        for (String factor : factors) {
            int across = factor.charAt(0) - '0';
            int down = factor.charAt(1) - '0';
            channels.add(
                    new Channel(
                            across,
                            down,
                            (double) width * across / mostAcross,
                            (double) height * down / mostDown,
                            steps(random),
                            blocks(random, unitsDown * down, unitsAcross * across)));
        }
        byte[] bytes =
                write(width, height, channels, unitsAcross, unitsDown, restartInterval, lastCode);
        return new RandomJpeg(bytes, width, height, channels);
    }

    private static int[] steps(Random random) {
        int[] steps = new int[64];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = 1 + random.nextInt(6);
        }
        return steps;
    }

    /// Smooth ones, busy ones, full ones, and such with long gaps between their coefficients.
    private static short[][][] blocks(Random random, int down, int across) {
        short[][][] blocks = new short[down][across][64];
        for (short[][] row : blocks) {
            for (short[] block : row) {
                block[0] = (short) (random.nextInt(240) - 120);
                int kind = random.nextInt(8);
                int last = kind == 0 ? 64 : 1 + random.nextInt(64);
                int gap = kind == 1 ? 60 : 1 + random.nextInt(6);
                int size = kind == 2 ? 300 : 1 + random.nextInt(24);
                for (int i = 1 + random.nextInt(gap); i < last; i += 1 + random.nextInt(gap)) {
                    block[i] = (short) (random.nextInt(2 * size) - size);
                }
                if (kind == 3) {
                    block[63] = (short) (1 + random.nextInt(3));
                }
            }
        }
        return blocks;
    }

    private static byte[] write(
            int width,
            int height,
            List<Channel> channels,
            int unitsAcross,
            int unitsDown,
            int interval,
            int lastCode) {
        Symbols symbols = new Symbols(1024);
        List<Integer> restarts = new ArrayList<>();
        int[] before = new int[3];
        for (int unit = 0; unit < unitsAcross * unitsDown; unit++) {
            if (interval > 0 && unit > 0 && unit % interval == 0) {
                restarts.add(symbols.count());
                before = new int[3];
            }
            for (int i = 0; i < channels.size(); i++) {
                Channel channel = channels.get(i);
                for (int block = 0; block < channel.across * channel.down; block++) {
                    int row = unit / unitsAcross * channel.down + block / channel.across;
                    int column = unit % unitsAcross * channel.across + block % channel.across;
                    short[] values = channel.blocks[row][column];
                    long present = 0;
                    for (int k = 0; k < 64; k++) {
                        present |= values[k] == 0 ? 0 : 1L << k;
                    }
                    symbols.add(values, 0, 1, present, before[i], Math.min(i, lastCode));
                    before[i] = values[0];
                }
            }
        }
        HuffmanCode[] codes = new HuffmanCode[Symbols.TABLES];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = OptimalCode.of(symbols.frequencies(i));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header(width, height, channels, codes, interval, lastCode));
        int from = 0;
        for (int i = 0; i <= restarts.size(); i++) {
            int to = i < restarts.size() ? restarts.get(i) : symbols.count();
            out.writeBytes(segment(symbols, from, to, codes));
            out.write(0xff);
            out.write(i < restarts.size() ? 0xd0 + i % 8 : 0xd9);
            from = to;
        }
        return out.toByteArray();
    }

    private static byte[] segment(Symbols symbols, int from, int to, HuffmanCode[] codes) {
        BitWriter out = new BitWriter(1024);
        for (int i = from; i < to; i++) {
            int symbol = symbols.get(i);
            codes[Symbols.table(symbol)].each(
                    (bits, length, value) -> {
                        if (value == Symbols.code(symbol)) {
                            out.bits(bits, length);
                        }
                    });
            out.bits(Symbols.extra(symbol), symbol & 15);
        }
        out.endOfBits();
        return out.toBytes();
    }

    private static byte[] header(
            int width,
            int height,
            List<Channel> channels,
            HuffmanCode[] codes,
            int interval,
            int lastCode) {
        BitWriter out = new BitWriter(1024);
        out.u16(0xffd8);
        for (int i = 0; i < channels.size(); i++) {
            out.u16(0xffdb);
            out.u16(67);
            out.u8(i);
            for (int step : channels.get(i).steps) {
                out.u8(step);
            }
        }
        out.u16(0xffc0);
        out.u16(8 + 3 * channels.size());
        out.u8(8);
        out.u16(height);
        out.u16(width);
        out.u8(channels.size());
        for (int i = 0; i < channels.size(); i++) {
            out.u8(i + 1);
            out.u8(channels.get(i).across << 4 | channels.get(i).down);
            out.u8(i);
        }
        for (int table = 0; table < codes.length; table++) {
            out.u16(0xffc4);
            out.u16(19 + codes[table].symbols().length);
            out.u8((table >= Symbols.COEFFICIENTS ? 0x10 : 0) | (table & 1));
            for (int count : codes[table].counts()) {
                out.u8(count);
            }
            out.all(codes[table].symbols());
        }
        if (interval > 0) {
            out.u16(0xffdd);
            out.u16(4);
            out.u16(interval);
        }
        out.u16(0xffda);
        out.u16(6 + 2 * channels.size());
        out.u8(channels.size());
        for (int i = 0; i < channels.size(); i++) {
            out.u8(i + 1);
            out.u8(0x11 * Math.min(i, lastCode));
        }
        out.all(new byte[] {0, 63, 0});
        return out.toBytes();
    }
}
