package dev.darkroom.ingest.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes from a client, counted while they arrive: what the client announces is not relied on.
///
/// Its two failures tell the client's faults from those of our own disk, which are plain
/// [IOException]s.
public final class IncomingBytes extends FilterInputStream {
    private final long limit;
    private long left;

    /// Counts what is read from a stream.
    ///
    /// @param limit the most bytes to let through
    public IncomingBytes(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    /// There was at least one byte more than the limit.
    public static final class TooMany extends IOException {
        private static final long serialVersionUID = 1L;

        TooMany(long limit) {
            super("more than " + limit + " bytes arrived");
        }
    }

    /// The client broke off.
    public static final class Interrupted extends IOException {
        private static final long serialVersionUID = 1L;

        Interrupted(IOException cause) {
            super("the client broke off", cause);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = receive(buffer, offset, (int) Math.min(length, Math.max(1, left)));
        if (read > left) {
            throw new TooMany(limit);
        }
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long count) {
        throw new UnsupportedOperationException("every byte counts: read them");
    }

    private int receive(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException failure) {
            throw new Interrupted(failure);
        }
    }
}
