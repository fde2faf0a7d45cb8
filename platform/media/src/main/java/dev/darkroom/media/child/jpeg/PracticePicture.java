package dev.darkroom.media.child.jpeg;

import java.util.Random;

/// Pictures to practise on.
public final class PracticePicture {

    private static final int QUALITY = 90;
    private static final int DARKEST = 64;
    private static final int ROUGHNESS = 24;
    private static final int COARSEST = 512;
    private static final int STRENGTH = 100;
    private static final int NOISE = 4;
    private static final int MIDDLE = 120;

    private PracticePicture() {}

    /// A rough one, made in a moment.
    ///
    /// @return the bytes of a JPEG file
    public static byte[] of(int width, int height) {
        SmallPicture picture = SmallPicture.empty(width, height);
        Random random = new Random(1);
        roughen(picture.luminance(), random);
        roughen(picture.blueness(), random);
        roughen(picture.redness(), random);
        return JpegEncoder.encode(picture, QUALITY);
    }

    private static void roughen(Plane plane, Random random) {
        byte[] samples = plane.samples();
        for (int i = 0; i < samples.length; i++) {
            int slope = DARKEST + (int) (128L * i / samples.length);
            samples[i] = (byte) (slope + random.nextInt(ROUGHNESS));
        }
    }

    /// One whose details are distributed as in nature: coarse ones are strong, fine ones weak, with
    /// a sensor's noise over them. What a compiler learns from it holds for photos; what it learns
    /// from noise alone makes code that takes a sixth longer for them.
    ///
    /// @return the bytes of a JPEG file
    public static byte[] likeAPhoto(int width, int height) {
        SmallPicture picture = SmallPicture.empty(width, height);
        Random random = new Random(2);
        paint(picture.luminance(), 2, STRENGTH, random);
        paint(picture.blueness(), 32, STRENGTH / 3, random);
        paint(picture.redness(), 32, STRENGTH / 3, random);
        return JpegEncoder.encode(picture, QUALITY);
    }

    private static void paint(Plane plane, int finest, int strength, Random random) {
        float[] values = new float[plane.samples().length];
        for (int cell = COARSEST; cell >= finest; cell /= 4) {
            addShapes(plane, values, cell, (float) (strength * Math.sqrt(cell) / 32), random);
        }
        for (int i = 0; i < values.length; i++) {
            float noise = (float) random.nextGaussian() * NOISE;
            plane.samples()[i] = (byte) Math.clamp(Math.round(MIDDLE + values[i] + noise), 0, 255);
        }
    }

    private static void addShapes(
            Plane plane, float[] values, int cell, float strength, Random random) {
        int across = plane.stride() / cell + 2;
        float[] above = grid(across, strength, random);
        float[] below = grid(across, strength, random);
        for (int y = 0; y < plane.height(); y++) {
            if (y % cell == 0 && y > 0) {
                above = below;
                below = grid(across, strength, random);
            }
            float down = (float) (y % cell) / cell;
            for (int x = 0; x < plane.width(); x++) {
                int i = x / cell;
                float right = (float) (x % cell) / cell;
                float top = above[i] + (above[i + 1] - above[i]) * right;
                float bottom = below[i] + (below[i + 1] - below[i]) * right;
                values[y * plane.stride() + x] += top + (bottom - top) * down;
            }
        }
    }

    private static float[] grid(int length, float strength, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (random.nextFloat() * 2 - 1) * strength;
        }
        return values;
    }
}
