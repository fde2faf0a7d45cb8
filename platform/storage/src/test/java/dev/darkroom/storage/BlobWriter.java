package dev.darkroom.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/// A process that writes blobs until it is killed.
final class BlobWriter {
    private BlobWriter() {}

    public static void main(String[] arguments) throws IOException {
        FolderBlobStore store = FolderBlobStore.open(Path.of(arguments[0]));
        BlobKey key = new BlobKey(arguments[1]);
        switch (arguments[2]) {
            case "endless" -> store.put(key, new EndlessStream());
            case "overwrite" -> overwrite(store, key);
            default -> throw new IllegalArgumentException("what to write: " + arguments[2]);
        }
    }

    /// Says each number once the store has acknowledged the blob of that number.
    private static void overwrite(FolderBlobStore store, BlobKey key) throws IOException {
        for (byte number = 0; number < Byte.MAX_VALUE; number++) {
            store.put(key, filledWith(number));
            System.out.println(number);
        }
    }

    static byte[] filledWith(byte number) {
        byte[] bytes = new byte[200_000 + number];
        Arrays.fill(bytes, number);
        return bytes;
    }

    /// Says so once the store has come back for the second megabyte.
    private static final class EndlessStream extends InputStream {
        private long given;
        private boolean said;

        @Override
        public int read() {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (given > 1_000_000 && !said) {
                System.out.println("staging");
                said = true;
            }
            given += length;
            return length;
        }
    }
}
