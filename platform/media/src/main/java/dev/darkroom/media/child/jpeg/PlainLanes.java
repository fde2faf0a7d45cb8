package dev.darkroom.media.child.jpeg;

/// The operations of [Lanes] in plain Java.
final class PlainLanes {

    private PlainLanes() {}

    static void sum(
            float[] rows,
            int from,
            int stride,
            float[] weights,
            int weight,
            int count,
            float[] to,
            int at,
            int length) {
        float first = weights[weight];
        for (int i = 0; i < length; i++) {
            to[at + i] = first * rows[from + i];
        }
        for (int k = 1; k < count; k++) {
            float factor = weights[weight + k];
            int row = from + k * stride;
            for (int i = 0; i < length; i++) {
                to[at + i] += factor * rows[row + i];
            }
        }
    }

    static void scale(
            short[] from, int start, float factor, float offset, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = from[start + i] * factor + offset;
        }
    }

    static void clamp(float[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = Math.max(0f, Math.min(255f, values[i]));
        }
    }

    static void widen(byte[] from, int start, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = from[start + i] & 0xff;
        }
    }

    static void narrow(float[] from, int start, byte[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = (byte) Math.max(0f, Math.min(255f, from[start + i] + 0.5f));
        }
    }

    static void quantise(float[] from, int start, float factor, short[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            float value = from[start + i] * factor;
            to[at + i] = (short) (value + Math.copySign(0.5f, value));
        }
    }
}
