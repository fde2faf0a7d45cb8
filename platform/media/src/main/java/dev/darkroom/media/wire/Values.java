package dev.darkroom.media.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values inside a frame: null, text, numbers, booleans, bytes, lists and maps.
final class Values {

    private static final int MAX_COUNT = 100_000;
    private static final int MAX_DEPTH = 16;

    private Values() {}

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    /// A path as the bytes of its names, which need not be text.
    static void writePath(DataOutputStream out, Path path) throws IOException {
        writeText(out, path.toUri().getRawPath());
    }

    static Path readPath(DataInputStream in) throws IOException {
        String path = readText(in);
        try {
            return Path.of(URI.create("file://" + path));
        } catch (IllegalArgumentException e) {
            throw new IOException("not a path: " + path, e);
        }
    }

    static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException(
                    "value of " + length + " bytes in a frame with " + in.available() + " left");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_COUNT) {
            throw new IOException(
                    "list of " + count + " values; at most " + MAX_COUNT + " are allowed");
        }
        return count;
    }

    static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    static List<String> readTexts(DataInputStream in) throws IOException {
        int count = readCount(in);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    static void writeInstant(DataOutputStream out, @Nullable Instant instant) throws IOException {
        out.writeBoolean(instant != null);
        if (instant != null) {
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        }
    }

    static @Nullable Instant readInstant(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        try {
            return Instant.ofEpochSecond(in.readLong(), in.readInt());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("the child sent a time that cannot be", e);
        }
    }

    static void writeNullable(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('0');
            case String text -> {
                out.writeByte('S');
                writeText(out, text);
            }
            case Integer number -> {
                out.writeByte('I');
                out.writeInt(number);
            }
            case Long number -> {
                out.writeByte('L');
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte('D');
                out.writeDouble(number);
            }
            case Boolean truth -> {
                out.writeByte('B');
                out.writeBoolean(truth);
            }
            case List<?> list -> {
                out.writeByte('A');
                out.writeInt(list.size());
                for (Object element : list) {
                    writeNullable(out, element);
                }
            }
            case Map<?, ?> map -> {
                out.writeByte('M');
                writeMap(out, map);
            }
            default -> throw new IllegalArgumentException("no frame carries a " + value.getClass());
        }
    }

    static void writeMap(DataOutputStream out, Map<?, ?> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            writeText(out, (String) entry.getKey());
            writeNullable(out, entry.getValue());
        }
    }

    static <T> @Nullable T readNullable(DataInputStream in, Class<T> type) throws IOException {
        Object value = readValue(in, 0);
        if (value != null && !type.isInstance(value)) {
            throw new IOException(
                    "expected "
                            + type.getSimpleName()
                            + ", found "
                            + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    static Map<String, Object> readMap(DataInputStream in) throws IOException {
        return readMap(in, 0);
    }

    static Map<String, String> readTextMap(DataInputStream in) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : readMap(in).entrySet()) {
            texts.put(entry.getKey(), String.valueOf(entry.getValue()));
        }
        return texts;
    }

    private static @Nullable Object readValue(DataInputStream in, int depth) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case '0' -> null;
            case 'S' -> readText(in);
            case 'I' -> in.readInt();
            case 'L' -> in.readLong();
            case 'D' -> in.readDouble();
            case 'B' -> in.readBoolean();
            case 'A' -> readList(in, depth + 1);
            case 'M' -> readMap(in, depth + 1);
            default -> throw new IOException("no value has the tag " + tag);
        };
    }

    private static List<Object> readList(DataInputStream in, int depth) throws IOException {
        bound(depth);
        int count = readCount(in);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object value = readValue(in, depth);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private static Map<String, Object> readMap(DataInputStream in, int depth) throws IOException {
        bound(depth);
        int count = readCount(in);
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = readText(in);
            Object value = readValue(in, depth);
            if (value != null) {
                map.put(key, value);
            }
        }
        return map;
    }

    private static void bound(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("values nested deeper than " + MAX_DEPTH);
        }
    }
}
