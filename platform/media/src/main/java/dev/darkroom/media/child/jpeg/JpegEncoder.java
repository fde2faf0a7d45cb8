package dev.darkroom.media.child.jpeg;

/// Writes a small picture as baseline JPEG, with Huffman codes made for it and no metadata.
public final class JpegEncoder {

    private static final int BLOCK = 8;
    private static final int UNIT = 2 * BLOCK;

    /// The quantisation of the JPEG standard, annex K.1, by row and column.
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69,
        56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81,
        104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    private static final int[] COLOUR = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99,
        99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
    };

    private JpegEncoder() {}

    /// The bytes of a whole file.
    ///
    /// @param quality 1 to 100, as libjpeg understands it
    public static byte[] encode(SmallPicture picture, int quality) {
        int[] light = quantisation(LUMINANCE, quality);
        int[] colour = quantisation(COLOUR, quality);
        Symbols symbols = symbols(picture, light, colour);
        HuffmanCode[] codes = new HuffmanCode[Symbols.TABLES];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = OptimalCode.of(symbols.frequencies(i));
        }
        BitWriter out = new BitWriter(symbols.count());
        header(out, picture, light, colour, codes);
        data(out, symbols, codes);
        out.u16(0xffd9);
        return out.toBytes();
    }

    /// In zigzag order.
    private static int[] quantisation(int[] standard, int quality) {
        int scale = quality < 50 ? 5_000 / quality : 200 - 2 * quality;
        int[] steps = new int[Zigzag.LENGTH];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = Math.clamp((standard[Zigzag.natural(i)] * scale + 50) / 100, 1, 255);
        }
        return steps;
    }

    private static Symbols symbols(SmallPicture picture, int[] light, int[] colour) {
        int across = Math.ceilDiv(picture.width(), UNIT);
        int down = Math.ceilDiv(picture.height(), UNIT);
        BlockWriter luminance = new BlockWriter(picture.luminance(), 2 * across, light, 2, 0);
        BlockWriter blueness = new BlockWriter(picture.blueness(), across, colour, 1, 1);
        BlockWriter redness = new BlockWriter(picture.redness(), across, colour, 1, 1);
        Symbols symbols = new Symbols(across * down * 64);
        for (int row = 0; row < down; row++) {
            luminance.load(row);
            blueness.load(row);
            redness.load(row);
            for (int unit = 0; unit < across; unit++) {
                luminance.write(symbols, unit);
                blueness.write(symbols, unit);
                redness.write(symbols, unit);
            }
        }
        return symbols;
    }

    private static void header(
            BitWriter out, SmallPicture picture, int[] light, int[] colour, HuffmanCode[] codes) {
        out.u16(0xffd8);
        out.u16(0xffe0);
        out.u16(16);
        out.all(new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
        for (int table = 0; table < 2; table++) {
            out.u16(0xffdb);
            out.u16(67);
            out.u8(table);
            for (int step : table == 0 ? light : colour) {
                out.u8(step);
            }
        }
        out.u16(0xffc0);
        out.u16(17);
        out.u8(8);
        out.u16(picture.height());
        out.u16(picture.width());
        out.all(new byte[] {3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1});
        for (int table = 0; table < codes.length; table++) {
            boolean coefficients = table >= Symbols.COEFFICIENTS;
            HuffmanCode code = codes[table];
            out.u16(0xffc4);
            out.u16(19 + code.symbols().length);
            out.u8((coefficients ? 0x10 : 0) | (table & 1));
            for (int count : code.counts()) {
                out.u8(count);
            }
            out.all(code.symbols());
        }
        out.u16(0xffda);
        out.u16(12);
        out.all(new byte[] {3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0});
    }

    private static void data(BitWriter out, Symbols symbols, HuffmanCode[] codes) {
        // The code with room for the bits that follow it, and their length together.
        long[] lookup = new long[Symbols.TABLES << 8];
        for (int table = 0; table < codes.length; table++) {
            int from = table << 8;
            codes[table].each(
                    (bits, length, symbol) -> {
                        int size = symbol & 15;
                        lookup[from | symbol] = (long) bits << (size + 8) | (length + size);
                    });
        }
        out.codes(symbols, lookup);
        out.endOfBits();
    }
}
