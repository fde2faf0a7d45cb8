package dev.darkroom.sync.cdc.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer that JSON is written into, byte by byte, and that is used again and again.
final class JsonBytes {
    private static final int USUAL = 16 << 10;
    private static final int KEPT = 1 << 20;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /// The letter behind the backslash, `u` for a control character without one, 0 for none needed.
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes = new byte[USUAL];
    private int size;

    private static byte[] escapes() {
        byte[] escapes = new byte[256];
        Arrays.fill(escapes, 0, 0x20, (byte) 'u');
        escapes['\b'] = 'b';
        escapes['\t'] = 't';
        escapes['\n'] = 'n';
        escapes['\f'] = 'f';
        escapes['\r'] = 'r';
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        return escapes;
    }

    /// Empties the buffer; one that grew for a huge row is given back.
    void clear() {
        size = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[USUAL];
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    void put(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void put(byte[] all) {
        put(all, 0, all.length);
    }

    void put(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void putNull() {
        put(NULL);
    }

    void putAscii(String text) {
        put(text.getBytes(StandardCharsets.US_ASCII));
    }

    void putNumber(long number) {
        if (number < 0) {
            putAscii(Long.toString(number));
            return;
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = number;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    /// Text that needs no escapes, in quotes.
    void putPlainString(byte[] source, int from, int to) {
        put('"');
        put(source, from, to);
        put('"');
    }

    /// UTF-8 text in quotes.
    void putString(byte[] utf8, int from, int to) {
        reserve(to - from + 2);
        bytes[size++] = '"';
        int done = from;
        for (int at = from; at < to; at++) {
            byte escape = ESCAPES[utf8[at] & 0xff];
            if (escape != 0) {
                put(utf8, done, at);
                putEscape(utf8[at], escape);
                done = at + 1;
            }
        }
        put(utf8, done, to);
        put('"');
    }

    private void putEscape(byte character, byte escape) {
        reserve(6);
        bytes[size++] = '\\';
        bytes[size++] = escape;
        if (escape == 'u') {
            bytes[size++] = '0';
            bytes[size++] = '0';
            bytes[size++] = HEX[character >> 4];
            bytes[size++] = HEX[character & 15];
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            long wanted = Math.max(2L * bytes.length, (long) size + more);
            long most = Integer.MAX_VALUE - 8L;
            if ((long) size + more > most) {
                throw new IllegalStateException("a change larger than 2 GB has no JSON form");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, most));
        }
    }
}
