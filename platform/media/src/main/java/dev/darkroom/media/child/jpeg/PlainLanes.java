package dev.darkroom.media.child.jpeg;

import java.util.Arrays;

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

    static void cosine(float[] rows, int from, int stride, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            int row = from + i;
            even(rows, row, stride, to, at + i);
            odd(rows, row, stride, to, at + i + stride);
        }
    }

    private static void even(float[] rows, int row, int stride, float[] to, int at) {
        float s0 = rows[row] + rows[row + 7 * stride];
        float s1 = rows[row + stride] + rows[row + 6 * stride];
        float s2 = rows[row + 2 * stride] + rows[row + 5 * stride];
        float s3 = rows[row + 3 * stride] + rows[row + 4 * stride];
        to[at] = (s0 + s3 + s1 + s2) * Cosines.C4;
        to[at + 2 * stride] = (s0 - s3) * Cosines.C2 + (s1 - s2) * Cosines.C6;
        to[at + 4 * stride] = (s0 + s3 - s1 - s2) * Cosines.C4;
        to[at + 6 * stride] = (s0 - s3) * Cosines.C6 - (s1 - s2) * Cosines.C2;
    }

    private static void odd(float[] rows, int row, int stride, float[] to, int at) {
        float d0 = rows[row] - rows[row + 7 * stride];
        float d1 = rows[row + stride] - rows[row + 6 * stride];
        float d2 = rows[row + 2 * stride] - rows[row + 5 * stride];
        float d3 = rows[row + 3 * stride] - rows[row + 4 * stride];
        float c1 = Cosines.C1;
        float c3 = Cosines.C3;
        float c5 = Cosines.C5;
        float c7 = Cosines.C7;
        to[at] = d0 * c1 + d1 * c3 + d2 * c5 + d3 * c7;
        to[at + 2 * stride] = d0 * c3 - d1 * c7 - d2 * c1 - d3 * c5;
        to[at + 4 * stride] = d0 * c5 - d1 * c1 + d2 * c7 + d3 * c3;
        to[at + 6 * stride] = d0 * c7 - d1 * c5 + d2 * c3 - d3 * c1;
    }

    static void sumAt(
            float[] rows,
            int[] places,
            int place,
            float[] weights,
            int weight,
            int count,
            float[] to,
            int at,
            int length) {
        Arrays.fill(to, at, at + length, 0);
        for (int k = 0; k < count; k++) {
            float factor = weights[weight + k];
            int row = places[place + k];
            for (int i = 0; i < length; i++) {
                to[at + i] += factor * rows[row + i];
            }
        }
    }

    static void filter(
            float[] rows, int[] first, float[] weights, int count, float[] to, int length) {
        int width = Lanes.WIDTH;
        for (int i = 0; i < length; i++) {
            sum(rows, first[i] * width, width, weights, i * count, count, to, i * width, width);
        }
    }

    static void dequantise(
            short[] from,
            int start,
            int stride,
            int[] sources,
            int count,
            float[] factors,
            float[] to,
            int at,
            int[] targets) {
        for (int block = 0; block < count; block++) {
            int source = start + sources[block] * stride;
            int target = at + targets[block];
            for (int i = 0; i < factors.length; i++) {
                to[target + i] = Marked.value(from[source + i]) * factors[i];
            }
        }
    }

    static void clamp(float[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = Math.max(0f, Math.min(255f, values[i]));
        }
    }

    static void widen(byte[] from, int start, float offset, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = (from[start + i] & 0xff) + offset;
        }
    }

    static void narrow(float[] from, int start, byte[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = (byte) Math.max(0f, Math.min(255f, from[start + i] + 0.5f));
        }
    }

    static void quantise(
            float[] frequencies, float[] factors, int stride, short[] to, int[] present) {
        Arrays.fill(present, 0);
        for (int place = 0; place < Zigzag.LENGTH; place++) {
            int natural = Zigzag.natural(place);
            int bits = place / Integer.SIZE * stride;
            for (int i = 0; i < stride; i++) {
                float value = frequencies[natural * stride + i] * factors[natural];
                int whole = (int) (value + Math.copySign(0.5f, value));
                to[place * stride + i] = (short) whole;
                present[bits + i] |= whole == 0 ? 0 : 1 << place;
            }
        }
    }

    static void turn(
            float[] from,
            int start,
            int stride,
            int step,
            float[] to,
            int at,
            int toStride,
            int toStep,
            int squares) {
        for (int square = 0; square < squares; square++) {
            int source = start + square * step;
            int target = at + square * toStep;
            for (int y = 0; y < 8; y++) {
                for (int x = 0; x < 8; x++) {
                    to[target + x * toStride + y] = from[source + y * stride + x];
                }
            }
        }
    }
}
