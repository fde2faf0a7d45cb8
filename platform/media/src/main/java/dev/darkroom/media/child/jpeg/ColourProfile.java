package dev.darkroom.media.child.jpeg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A camera's colours: how much light each level of red, green and blue stands for, and which red,
/// green and blue they are.
///
/// Only profiles of three curves and a matrix, as cameras and phones write them; others are for a
/// colour management system.
final class ColourProfile {

    private static final int TAG_TABLE = 128;
    private static final int MOST_TAGS = 100;
    private static final int LEVELS = 256;

    /// Differences from sRGB that nobody sees.
    private static final double TOLERANCE = 0.01;

    /// From XYZ under the light of profiles (D50) to red, green and blue of sRGB.
    private static final double[] FROM_XYZ = {
        3.1338561,
        -1.6168667,
        -0.4906146,
        -0.9787684,
        1.9161415,
        0.0334540,
        0.0719453,
        -0.2289914,
        1.4052427
    };

    static final ColourProfile SRGB = new ColourProfile(new byte[0], null, new float[9]);

    private final byte[] bytes;
    private final float @Nullable [][] light;
    private final float[] matrix;

    private ColourProfile(byte[] bytes, float @Nullable [][] light, float[] matrix) {
        this.bytes = bytes;
        this.light = light;
        this.matrix = matrix;
    }

    boolean isMadeFrom(byte[] profile) {
        return Arrays.equals(bytes, profile);
    }

    /// @throws UnusualJpeg when it is not three curves and a matrix, or is broken
    static ColourProfile of(byte[] bytes) throws UnusualJpeg {
        try {
            return read(bytes, ByteBuffer.wrap(bytes));
        } catch (IndexOutOfBoundsException e) {
            throw new UnusualJpeg("a colour profile that is broken");
        }
    }

    private static ColourProfile read(byte[] bytes, ByteBuffer profile) throws UnusualJpeg {
        Map<String, Integer> tags = new HashMap<>();
        int count = profile.getInt(TAG_TABLE);
        for (int i = 0; i < count && i < MOST_TAGS; i++) {
            int entry = TAG_TABLE + 4 + 12 * i;
            tags.put(word(profile, entry), profile.getInt(entry + 4));
        }
        if (!word(profile, 16).equals("RGB ") || tags.containsKey("A2B0")) {
            throw new UnusualJpeg("a colour profile with tables");
        }
        double[] toXyz = new double[9];
        float[][] light = new float[3][];
        boolean plain = true;
        for (int i = 0; i < 3; i++) {
            char colour = "rgb".charAt(i);
            Integer column = tags.get(colour + "XYZ");
            Integer curve = tags.get(colour + "TRC");
            if (column == null || curve == null) {
                throw new UnusualJpeg("a colour profile without curves");
            }
            for (int row = 0; row < 3; row++) {
                toXyz[row * 3 + i] = fixed(profile, column + 8 + 4 * row);
            }
            light[i] = curve(profile, curve);
            plain &= isSrgb(light[i]);
        }
        float[] matrix = new float[9];
        for (int i = 0; i < matrix.length; i++) {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                sum += FROM_XYZ[i / 3 * 3 + k] * toXyz[k * 3 + i % 3];
            }
            matrix[i] = (float) sum;
            plain &= Math.abs(sum - (i % 4 == 0 ? 1 : 0)) < TOLERANCE;
        }
        return new ColourProfile(bytes, plain ? null : light, matrix);
    }

    private static String word(ByteBuffer profile, int at) {
        byte[] four = new byte[4];
        profile.get(at, four);
        return new String(four, StandardCharsets.ISO_8859_1);
    }

    private static double fixed(ByteBuffer profile, int at) {
        return profile.getInt(at) / 65_536.0;
    }

    private static double share(ByteBuffer profile, int at) {
        return (profile.getShort(at) & 0xffff) / 65_535.0;
    }

    private static float[] curve(ByteBuffer profile, int at) throws UnusualJpeg {
        float[] light = new float[LEVELS];
        String kind = word(profile, at);
        for (int level = 0; level < LEVELS; level++) {
            double x = level / 255.0;
            light[level] =
                    (float)
                            switch (kind) {
                                case "para" -> formula(profile, at, x);
                                case "curv" -> table(profile, at, x);
                                default -> throw new UnusualJpeg("a colour profile's " + kind);
                            };
        }
        return light;
    }

    private static double formula(ByteBuffer profile, int at, double x) throws UnusualJpeg {
        int kind = profile.getShort(at + 8);
        double[] p = new double[7];
        int[] parameters = {1, 3, 4, 5, 7};
        if (kind < 0 || kind >= parameters.length) {
            throw new UnusualJpeg("a colour profile's curve of kind " + kind);
        }
        for (int i = 0; i < parameters[kind]; i++) {
            p[i] = fixed(profile, at + 12 + 4 * i);
        }
        double power = Math.pow(Math.max(0, kind == 0 ? x : p[1] * x + p[2]), p[0]);
        return switch (kind) {
            case 0 -> power;
            case 1 -> p[1] * x + p[2] >= 0 ? power : 0;
            case 2 -> (p[1] * x + p[2] >= 0 ? power : 0) + p[3];
            case 3 -> x >= p[4] ? power : p[3] * x;
            default -> x >= p[4] ? power + p[5] : p[3] * x + p[6];
        };
    }

    private static double table(ByteBuffer profile, int at, double x) {
        int count = profile.getInt(at + 8);
        if (count <= 0) {
            return x;
        }
        if (count == 1) {
            return Math.pow(x, (profile.getShort(at + 12) & 0xffff) / 256.0);
        }
        double place = x * (count - 1);
        int below = (int) place;
        int above = Math.min(count - 1, below + 1);
        double low = share(profile, at + 12 + 2 * below);
        return low + (share(profile, at + 12 + 2 * above) - low) * (place - below);
    }

    private static boolean isSrgb(float[] light) {
        for (int level = 0; level < LEVELS; level++) {
            double x = level / 255.0;
            double srgb = x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
            if (Math.abs(light[level] - srgb) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /// Changes the planes in place.
    void toSrgb(SmallPicture picture) {
        float[][] curves = light;
        if (curves != null) {
            new SrgbConversion(curves, matrix, picture).run();
        }
    }
}
