package dev.darkroom.inference.runtime;

import dev.darkroom.inference.ModelRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// NumPy's file format, as far as a table of little-endian floats needs it.
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE =
            Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,?\\s*\\)");

    /// The vectors of all labels are on the heap; more is a matter for a smaller region.
    private static final long MOST_NUMBERS = 1L << 28;

    private Npy() {}

    /// Reads a table in either direction.
    ///
    /// @return one row for each label
    public static float[][] read(Path file, int labels) {
        try (FileChannel channel = FileChannel.open(file)) {
            String header = header(file, channel);
            String type = find(DESCR, header, file).group(1);
            Matcher shape = find(SHAPE, header, file);
            long rows = Long.parseLong(shape.group(1));
            long columns = Long.parseLong(shape.group(2));
            int size = size(type, file);
            if (find(ORDER, header, file).group(1).equals("True")) {
                throw new ModelRefused(file + " is in Fortran's order: save it in C's");
            }
            if (rows < 1 || columns < 1 || rows > MOST_NUMBERS / columns) {
                throw new ModelRefused(
                        "%s holds %d x %d numbers, more than fit into memory: take the labels of a region"
                                .formatted(file, rows, columns));
            }
            if (channel.size() - channel.position() != rows * columns * size) {
                throw new ModelRefused(file + " is cut off, or longer than it says");
            }
            if (rows != labels && columns != labels) {
                throw new ModelRefused(
                        "%s holds %d x %d numbers, and there are %d labels: they do not belong together"
                                .formatted(file, rows, columns, labels));
            }
            float[][] table = table(channel, (int) rows, (int) columns, size);
            return rows == labels ? table : transposed(table);
        } catch (IOException e) {
            throw new ModelRefused(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Whole or not at all.
    public static void write(Path file, float[][] table) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try (var out = Files.newOutputStream(part)) {
            out.write(header(table.length, table[0].length));
            ByteBuffer row =
                    ByteBuffer.allocate(4 * table[0].length).order(ByteOrder.LITTLE_ENDIAN);
            for (float[] numbers : table) {
                row.clear().asFloatBuffer().put(numbers);
                out.write(row.array());
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// What stands before the numbers of a table of 32-bit floats; its length is a multiple of 64.
    public static byte[] header(int rows, int columns) {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
                        .formatted(rows, columns);
        int padded = (MAGIC.length + 4 + header.length() + 1 + 63) / 64 * 64;
        ByteBuffer head = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (padded - 10));
        head.put(header.getBytes(StandardCharsets.US_ASCII));
        while (head.position() < padded - 1) {
            head.put((byte) ' ');
        }
        return head.put((byte) '\n').array();
    }

    private static String header(Path file, FileChannel channel) throws IOException {
        ByteBuffer start = read(channel, 10, file);
        for (byte expected : MAGIC) {
            if (start.get() != expected) {
                throw new ModelRefused(file + " is no .npy file");
            }
        }
        int version = start.get();
        start.get();
        int length = Short.toUnsignedInt(start.getShort());
        if (version != 1) {
            throw new ModelRefused(file + " is of .npy version " + version + ": save it as 1.0");
        }
        return StandardCharsets.US_ASCII.decode(read(channel, length, file)).toString();
    }

    private static ByteBuffer read(FileChannel channel, int bytes, Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new ModelRefused(file + " is cut off");
            }
        }
        return buffer.flip();
    }

    private static Matcher find(Pattern pattern, String header, Path file) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new ModelRefused(
                    file + " must be a table of two dimensions, and says " + header.strip());
        }
        return matcher;
    }

    private static int size(String type, Path file) {
        return switch (type) {
            case "<f4" -> 4;
            case "<f2" -> 2;
            default -> throw new ModelRefused(file + " must hold float32 or float16, not " + type);
        };
    }

    private static float[][] table(FileChannel channel, int rows, int columns, int size)
            throws IOException {
        float[][] table = new float[rows][columns];
        for (float[] row : table) {
            ByteBuffer bytes = read(channel, columns * size, Path.of("row"));
            for (int i = 0; i < columns; i++) {
                row[i] = size == 4 ? bytes.getFloat() : Float.float16ToFloat(bytes.getShort());
            }
        }
        return table;
    }

    private static float[][] transposed(float[][] table) {
        float[][] turned = new float[table[0].length][table.length];
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < turned.length; j++) {
                turned[j][i] = table[i][j];
            }
        }
        return turned;
    }
}
