package dev.darkroom.media.child.jpeg;

import java.util.Random;

/// A picture to practise on: as rough as a photo, so that the code which reads it is compiled for
/// photos.
public final class PracticePicture {

    private static final int QUALITY = 90;
    private static final int DARKEST = 64;
    private static final int ROUGHNESS = 24;

    private PracticePicture() {}

    /// The bytes of a JPEG file.
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
}
