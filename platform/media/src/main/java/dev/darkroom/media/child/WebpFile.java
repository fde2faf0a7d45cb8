package dev.darkroom.media.child;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The chunks of a WebP file that we wrote ourselves.
final class WebpFile {

    private static final int HEAD = 12;
    private static final int CHUNK_HEAD = 8;

    private WebpFile() {}

    /// The same still picture as a file of nothing but its one chunk of picture data.
    static byte[] bare(byte[] webp) {
        ByteBuffer chunks = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        int at = HEAD;
        while (at + CHUNK_HEAD <= webp.length) {
            String type = new String(webp, at, 4, StandardCharsets.ISO_8859_1);
            int length = chunks.getInt(at + 4);
            int whole = CHUNK_HEAD + length + (length & 1);
            if (type.equals("VP8 ") || type.equals("VP8L")) {
                return ByteBuffer.allocate(HEAD + whole)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(webp, 0, 4)
                        .putInt(4 + whole)
                        .put(webp, 8, 4)
                        .put(webp, at, Math.min(whole, webp.length - at))
                        .array();
            }
            at += whole;
        }
        throw new IllegalStateException("libvips wrote a WebP file without a picture");
    }
}
