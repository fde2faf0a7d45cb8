package dev.darkroom.media.child.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes a JPEG's bytes and bits; in the compressed data a byte of ones is followed by a zero.
final class BitWriter {

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

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

    /// Writes symbols as codes and the bits that follow them. There are hundreds of thousands, so
    /// that everything is in local variables.
    ///
    /// @param lookup for each table and code: its bits from bit 8 on, their number below
    void codes(Symbols symbols, long[] lookup) {
        long bits = this.bits;
        int count = this.count;
        int length = this.length;
        byte[] bytes = this.bytes;
        for (int i = 0; i < symbols.count(); i++) {
            int symbol = symbols.get(i);
            long code = lookup[symbol & ((Symbols.TABLES << 8) - 1)];
            bits = bits << code | code >>> 8 | Symbols.extra(symbol);
            count += (int) code & 63;
            if (count >= Integer.SIZE) {
                count -= Integer.SIZE;
                int four = (int) (bits >>> count);
                if (length > bytes.length - 2 * Integer.BYTES) {
                    bytes = Arrays.copyOf(bytes, 2 * bytes.length);
                }
                INTS.set(bytes, length, four);
                length += Integer.BYTES;
                if (((~four - 0x01010101) & four & 0x80808080) != 0) {
                    length = stuff(bytes, length - Integer.BYTES, four);
                }
            }
        }
        this.bits = bits;
        this.count = count;
        this.length = length;
        this.bytes = bytes;
    }

    private static int stuff(byte[] bytes, int at, int four) {
        int to = at;
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[to++] = (byte) (four >>> shift);
            if (bytes[to - 1] == (byte) 0xff) {
                bytes[to++] = 0;
            }
        }
        return to;
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
