package dev.darkroom.media.child.ffmpeg;

import java.util.function.DoubleUnaryOperator;

/// Brings footage with a wide range of brightness (PQ or HLG, in BT.2020 colours) into sRGB.
///
/// The scaler's own way computes a table for five seconds before the first pixel; this one is done
/// after scaling, on the few pixels that are left.
final class WideRange {

    /// Paper white, in candela per square metre (ITU-R BT.2408).
    private static final double WHITE = 203;

    /// Up to here brightness stays as it is; above it comes ever closer to white.
    private static final double KNEE = 0.6;

    private static final int STEPS = 4_096;

    /// From BT.2020's primaries to BT.709's.
    private static final double[][] PRIMARIES = {
        {1.6605, -0.5876, -0.0728}, {-0.1246, 1.1329, -0.0083}, {-0.0182, -0.1006, 1.1187}
    };

    private static final byte[] SRGB = new byte[STEPS + 1];

    static {
        for (int i = 0; i <= STEPS; i++) {
            double linear = (double) i / STEPS;
            double code =
                    linear <= 0.0031308
                            ? 12.92 * linear
                            : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
            SRGB[i] = (byte) Math.round(255 * code);
        }
    }

    /// Perceptual quantiser, SMPTE ST 2084.
    static final WideRange PQ =
            new WideRange(
                    code -> {
                        double power = Math.pow(code, 1 / 78.84375);
                        double ratio =
                                Math.max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power);
                        return 10_000 / WHITE * Math.pow(ratio, 1 / 0.1593017578125);
                    });

    /// Hybrid log-gamma, ARIB STD-B67, as on a display of 1,000 candela.
    static final WideRange HLG =
            new WideRange(
                    code -> {
                        double scene =
                                code <= 0.5
                                        ? code * code / 3
                                        : (Math.exp((code - 0.55991073) / 0.17883277) + 0.28466892)
                                                / 12;
                        return 1_000 / WHITE * Math.pow(scene, 1.2);
                    });

    private final double[] linear = new double[256];

    private WideRange(DoubleUnaryOperator light) {
        for (int i = 0; i < linear.length; i++) {
            linear[i] = light.applyAsDouble(i / 255.0);
        }
    }

    void toSrgb(int[] argb) {
        for (int i = 0; i < argb.length; i++) {
            double red = linear[argb[i] >> 16 & 0xff];
            double green = linear[argb[i] >> 8 & 0xff];
            double blue = linear[argb[i] & 0xff];
            int pixel = 0xff;
            for (double[] row : PRIMARIES) {
                pixel = pixel << 8 | code(row[0] * red + row[1] * green + row[2] * blue);
            }
            argb[i] = pixel;
        }
    }

    private static int code(double light) {
        double shown =
                light <= KNEE
                        ? Math.max(0, light)
                        : KNEE + (1 - KNEE) * (1 - Math.exp((KNEE - light) / (1 - KNEE)));
        return SRGB[(int) Math.round(shown * STEPS)] & 0xff;
    }
}
