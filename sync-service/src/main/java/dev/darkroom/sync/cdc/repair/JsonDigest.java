package dev.darkroom.sync.cdc.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// 64 bits that stand for a JSON value: the same for the same tokens, whatever the white space and
/// the escapes. Numbers are their digits as they stand: `1.50` is not `1.5`.
///
/// Not for several threads at once.
final class JsonDigest {
    private static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /// PostgreSQL moves values out of rows from 2 kB on; as JSON no row is shorter.
    private static final int LARGE_ROW = 2_000;

    private static final int LARGE_VALUE = 256;

    private final JsonFactory factory = new JsonFactory();
    private int length;

    /// What a record on `cdc.<table>` says of a row.
    ///
    /// @param row the sum of its columns' digests, so that their order does not matter
    /// @param large the digests of those columns whose value is so long that an update may leave
    ///   them out, when the row as a whole is
    /// @param unchanged the columns that this record leaves out
    record Row(long row, Map<String, Long> large, List<String> unchanged) {}

    /// @param json a record's key
    long ofKey(byte[] json) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return nonZero(mix(value(parser, START)));
        }
    }

    /// @param json a record's value, with an `after` that is not null
    Row ofRow(byte[] json) {
        return read(json, json.length >= LARGE_ROW ? LARGE_VALUE : Integer.MAX_VALUE).row();
    }

    /// The digest of each column of `after`; their sum is the row's.
    ///
    /// @param json a record's value
    Map<String, Long> ofColumns(byte[] json) {
        return read(json, 0).kept;
    }

    private RowReading read(byte[] json, int keptFrom) {
        RowReading reading = new RowReading(keptFrom);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken next = parser.nextToken();
                if (name.equals("after") && next == JsonToken.START_OBJECT) {
                    columns(parser, reading);
                } else if (name.equals("unchanged") && next == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        reading.unchanged.add(parser.getString());
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        return reading;
    }

    private void columns(JsonParser parser, RowReading reading) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String column = parser.currentName();
            parser.nextToken();
            length = 0;
            long digest = mix(value(parser, text(START, column)));
            reading.add(column, digest, length);
        }
    }

    /// Reads the value on which the parser stands, to its last token.
    private long value(JsonParser parser, long start) {
        long hash = start;
        int depth = 0;
        while (true) {
            JsonToken token = parser.currentToken();
            hash = (hash ^ (token.id() + 1)) * PRIME;
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> hash = text(hash, parser.currentName());
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                        hash = text(hash, parser);
                default -> {}
            }
            if (depth == 0) {
                return hash;
            }
            parser.nextToken();
        }
    }

    private long text(long start, JsonParser parser) {
        char[] buffer = parser.getStringCharacters();
        int from = parser.getStringOffset();
        int to = from + parser.getStringLength();
        long hash = start;
        for (int i = from; i < to; i++) {
            hash = (hash ^ buffer[i]) * PRIME;
        }
        length += to - from;
        return (hash ^ 0xffff) * PRIME;
    }

    private long text(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        length += text.length();
        return (hash ^ 0xffff) * PRIME;
    }

    /// Spreads what the multiplications left in the upper bits.
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /// 0 marks a free place where digests are kept.
    private static long nonZero(long digest) {
        return digest == 0 ? 1 : digest;
    }

    private static final class RowReading {
        private final int keptFrom;
        private final Map<String, Long> kept = new HashMap<>();
        private final List<String> unchanged = new ArrayList<>();
        private long sum;

        /// @param keptFrom the length from which on a column's digest is kept by itself
        RowReading(int keptFrom) {
            this.keptFrom = keptFrom;
        }

        void add(String column, long digest, int length) {
            sum += digest;
            if (length >= keptFrom) {
                kept.put(column, digest);
            }
        }

        Row row() {
            return new Row(sum, kept, unchanged);
        }
    }
}
