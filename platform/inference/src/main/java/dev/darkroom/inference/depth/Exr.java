package dev.darkroom.inference.depth;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// OpenEXR, as little of it as one channel of floats needs: version 2, scan lines, no compression.
/// The channel is Y, brightness, which viewers show; Z would claim a distance.
final class Exr {
    private static final int MAGIC = 20000630;
    private static final int FLOAT = 2;

    private Exr() {}

    static byte[] write(DepthMap map) {
        int lineBytes = 4 * map.width();
        byte[] header = header(map.width(), map.height());
        int table = 8 * map.height();
        ByteBuffer file =
                ByteBuffer.allocate(header.length + table + map.height() * (8 + lineBytes))
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.put(header);
        for (int y = 0; y < map.height(); y++) {
            file.putLong(header.length + table + (long) y * (8 + lineBytes));
        }
        for (int y = 0; y < map.height(); y++) {
            file.putInt(y).putInt(lineBytes);
            file.asFloatBuffer().put(map.values(), y * map.width(), map.width());
            file.position(file.position() + lineBytes);
        }
        return file.array();
    }

    private static byte[] header(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(MAGIC).putInt(2);
        attribute(header, "channels", "chlist", 19);
        text(header, "Y").putInt(FLOAT).putInt(0).putInt(1).putInt(1).put((byte) 0);
        attribute(header, "compression", "compression", 1).put((byte) 0);
        window(attribute(header, "dataWindow", "box2i", 16), width, height);
        window(attribute(header, "displayWindow", "box2i", 16), width, height);
        attribute(header, "lineOrder", "lineOrder", 1).put((byte) 0);
        attribute(header, "pixelAspectRatio", "float", 4).putFloat(1);
        attribute(header, "screenWindowCenter", "v2f", 8).putFloat(0).putFloat(0);
        attribute(header, "screenWindowWidth", "float", 4).putFloat(1);
        header.put((byte) 0);
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    private static ByteBuffer attribute(ByteBuffer header, String name, String type, int size) {
        text(header, name);
        return text(header, type).putInt(size);
    }

    private static ByteBuffer text(ByteBuffer header, String text) {
        return header.put(text.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    }

    private static void window(ByteBuffer header, int width, int height) {
        header.putInt(0).putInt(0).putInt(width - 1).putInt(height - 1);
    }
}
