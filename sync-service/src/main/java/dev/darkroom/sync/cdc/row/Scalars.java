package dev.darkroom.sync.cdc.row;

import java.util.Base64;

/// The forms of single values that are no times.
final class Scalars {
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private Scalars() {}

    static void text(JsonBytes json, byte[] text, int from, int to) {
        json.putString(text, from, to);
    }

    /// What is JSON already: `json`, `jsonb`, and the arrays of numbers that vectors are.
    static void json(JsonBytes json, byte[] text, int from, int to) {
        json.put(text, from, to);
    }

    /// Digit for digit as PostgreSQL prints it, so exact; `NaN` and `Infinity` as strings, since
    /// JSON has no such numbers.
    static void number(JsonBytes json, byte[] text, int from, int to) {
        byte first = text[text[from] == '-' ? from + 1 : from];
        if (first >= '0' && first <= '9') {
            json.put(text, from, to);
        } else {
            json.putPlainString(text, from, to);
        }
    }

    static void bool(JsonBytes json, byte[] text, int from, int to) {
        json.put(to > from && text[from] == 't' ? TRUE : FALSE);
    }

    /// `\x` and hexadecimal digits => base64.
    static void bytes(JsonBytes json, byte[] text, int from, int to) {
        if (to - from < 2 || text[from] != '\\' || text[from + 1] != 'x') {
            throw new IllegalArgumentException(
                    "bytea must be printed in hexadecimal (set bytea_output = 'hex')");
        }
        byte[] bytes = new byte[(to - from - 2) / 2];
        for (int i = 0; i < bytes.length; i++) {
            int at = from + 2 + 2 * i;
            bytes[i] =
                    (byte) (Character.digit(text[at], 16) << 4 | Character.digit(text[at + 1], 16));
        }
        byte[] base64 = Base64.getEncoder().encode(bytes);
        json.putPlainString(base64, 0, base64.length);
    }

    /// `{1:0.5,7:2}/9` => `{"dimensions":9,"vector":{"1":0.5,"7":2}}`.
    static void sparseVector(JsonBytes json, byte[] text, int from, int to) {
        int slash = to - 1;
        while (text[slash] != '/') {
            slash--;
        }
        json.putAscii("{\"dimensions\":");
        json.put(text, slash + 1, to);
        json.putAscii(",\"vector\":{");
        boolean inIndex = false;
        for (int at = from + 1; at < slash - 1; at++) {
            char character = (char) text[at];
            if (at == from + 1 || text[at - 1] == ',') {
                json.put('"');
                inIndex = true;
            }
            if (character == ':' && inIndex) {
                json.put('"');
                inIndex = false;
            }
            json.put(character);
        }
        json.putAscii("}}");
    }
}
