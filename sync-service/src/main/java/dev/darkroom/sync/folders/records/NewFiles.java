package dev.darkroom.sync.folders.records;

import dev.darkroom.sync.files.FileStat;
import dev.darkroom.sync.files.WalkedPath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Files that a first scan found, as the bytes that COPY takes: from the walk's memory into one
/// buffer, without an object for each file.
public final class NewFiles {
    /// A transaction of this many is short enough for the next holder of the lease to wait for.
    private static final int ROWS = 10_000;

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int FIELDS = 8;
    private static final int FIXED = 2 + 4 + 16 + 4 + 6 * 12;
    private static final long EPOCH_OF_POSTGRES = 946_684_800_000_000L;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final UUID repositoryId;
    private byte[] bytes = new byte[1 << 20];
    private int end;
    private int rows;

    public NewFiles(UUID repositoryId) {
        this.repositoryId = repositoryId;
        clear();
    }

    /// Whether it should be written now.
    public boolean isFull() {
        return rows >= ROWS;
    }

    public int size() {
        return rows;
    }

    /// Takes a file.
    public void add(WalkedPath path, FileStat stat, long generation) {
        byte[] text = path.copy();
        int length = text.length;
        if (bytes.length - end < FIXED + length + 2) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + FIXED + length + 2));
        }
        SHORT.set(bytes, end, (short) FIELDS);
        INT.set(bytes, end + 2, 16);
        LONG.set(bytes, end + 6, repositoryId.getMostSignificantBits());
        LONG.set(bytes, end + 14, repositoryId.getLeastSignificantBits());
        INT.set(bytes, end + 22, length);
        end += 26;
        System.arraycopy(text, 0, bytes, end, length);
        end += length;
        number(stat.size());
        number(stat.modifiedMicros() - EPOCH_OF_POSTGRES);
        number(stat.changedMicros() - EPOCH_OF_POSTGRES);
        number(stat.device());
        number(stat.inode());
        number(generation);
        rows++;
    }

    private void number(long value) {
        INT.set(bytes, end, 8);
        LONG.set(bytes, end + 4, value);
        end += 12;
    }

    /// Writes them.
    public void copyInto(Connection connection) throws SQLException {
        SHORT.set(bytes, end, (short) -1);
        CopyIn copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(CopyText.INTO_FILE_RECORDS);
        try {
            copy.writeToCopy(bytes, 0, end + 2);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /// Forgets them.
    public void clear() {
        System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
        end = HEADER.length;
        rows = 0;
    }
}
