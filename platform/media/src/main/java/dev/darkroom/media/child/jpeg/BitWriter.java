package dev.darkroom.media.child.jpeg;

import java.util.Arrays;

/// Writes a JPEG's bytes and bits; in the compressed data a byte of ones is followed by a zero.
final class BitWriter {

    private byte[] bytes;
    private int length;
    private long bits;
    private int count;

    BitWriter(int expected) {
        bytes = new byte[Math.max(1024, expected)];
    }

    void u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void u16(int value) {
        u8(value >> 8);
        u8(value);
    }

    void all(byte[] values) {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
    }

    /// @param size at most 32
    void bits(int value, int size) {
        bits = bits << size | value;
        count += size;
        if (count >= Integer.SIZE) {
            reserve(2 * Integer.BYTES);
            count -= Integer.SIZE;
            int four = (int) (bits >>> count);
            for (int shift = 24; shift >= 0; shift -= 8) {
                stuffed(four >>> shift);
            }
        }
    }

    /// Fills the last byte with ones.
    void endOfBits() {
        reserve(2 * Long.BYTES);
        int spare = -count & 7;
        bits = bits << spare | (1 << spare) - 1;
        count += spare;
        while (count > 0) {
            count -= Byte.SIZE;
            stuffed((int) (bits >>> count));
        }
        bits = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void stuffed(int value) {
        bytes[length++] = (byte) value;
        if ((value & 0xff) == 0xff) {
            bytes[length++] = 0;
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
        }
    }
}
