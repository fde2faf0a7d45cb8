package dev.darkroom.media.child;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

/// Files made from an intact one by cutting and flipping; a number stands for each, always for the
/// same.
public final class Mutations {

    private static final int CUTS = 16;
    private static final int MOST_FLIPS = 8;

    private Mutations() {}

    /// How many files of each kind a test makes: `-Ddarkroom.fuzz=10000` for a long run.
    public static int count(int otherwise) {
        return Integer.getInteger("darkroom.fuzz", otherwise);
    }

    /// Whether a format takes part: `-Ddarkroom.fuzz.formats='.*webp|.*avif'` for some of them.
    public static boolean wants(String name) {
        return name.matches(System.getProperty("darkroom.fuzz.formats", ".*"));
    }

    /// Long runs say what came of them.
    public static void tell(String name, int results, int reasons) {
        if (Integer.getInteger("darkroom.fuzz") != null) {
            System.out.printf("fuzz: %-16s %6d results %6d reasons%n", name, results, reasons);
        }
    }

    /// The first sixteen are cut, the others have one to eight damages each.
    public static byte[] of(byte[] intact, int number) {
        if (number < CUTS) {
            return Arrays.copyOf(intact, intact.length * number / CUTS);
        }
        Random random = new Random(number);
        byte[] damaged = intact.clone();
        int flips = 1 + random.nextInt(MOST_FLIPS);
        // Headers are where parsers live, so half of the damage is done there.
        int range = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 512);
        for (int i = 0; i < flips; i++) {
            int at = random.nextInt(range);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                default -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        boolean png = intact[0] == (byte) 0x89 && intact[1] == 'P';
        return png && number % 4 > 0 ? withSums(damaged) : damaged;
    }

    /// A PNG file without right checksums is refused at once, and nothing behind them is tried.
    private static byte[] withSums(byte[] png) {
        ByteBuffer file = ByteBuffer.wrap(png);
        int at = 8;
        while (at + 12 <= png.length) {
            int length = file.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            CRC32 sum = new CRC32();
            sum.update(png, at + 4, length + 4);
            file.putInt(at + 8 + length, (int) sum.getValue());
            at += 12 + length;
        }
        return png;
    }
}
