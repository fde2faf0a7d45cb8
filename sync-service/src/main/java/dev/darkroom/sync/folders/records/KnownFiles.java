package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.FileStat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// The files of a repository, or of one folder in it, in the order of their paths' bytes: a cursor
/// that stands on one row at a time.
///
/// It reads pages, so that no statement and no snapshot lives as long as a scan, and one page
/// ahead. COPY's binary form is what a row costs least in: no text is parsed, and of a million
/// files that did not change no object is left.
public final class KnownFiles implements AutoCloseable {
    static final Sql PAGE =
            new Sql(
                    """
                    select file_id, file_path, file_size, mod_time, change_time, device, inode
                    from file_records
                    where repository_id = :repositoryId and file_path > :after
                    order by file_path limit :rows
                    """);

    static final Sql PAGE_OF_FOLDER =
            new Sql(
                    """
                    select file_id, file_path, file_size, mod_time, change_time, device, inode
                    from file_records
                    where repository_id = :repositoryId and file_path > :after and file_path < :until
                    order by file_path limit :rows
                    """);

    private static final int ROWS = 10_000;
    private static final int HEADER = 19;
    private static final long EPOCH_OF_POSTGRES = 946_684_800_000_000L;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final DataSource dataSource;
    private final UUID repositoryId;
    private final @Nullable String until;
    private final ExecutorService ahead = Executors.newVirtualThreadPerTaskExecutor();
    private Future<List<byte[]>> next;
    private List<byte[]> page = List.of();
    private int at = -1;

    private byte[] row = {};
    private int pathFrom;
    private int pathTo;

    /// @param folder null for the whole repository
    public KnownFiles(DataSource dataSource, UUID repositoryId, @Nullable FilePath folder) {
        this.dataSource = dataSource;
        this.repositoryId = repositoryId;
        // After the slash comes the 0.
        this.until = folder == null ? null : folder.text() + "0";
        String after = folder == null ? "" : folder.text() + "/";
        this.next = ahead.submit(() -> read(after));
    }

    /// Goes on to the next row.
    ///
    /// @return false after the last
    public boolean next() throws InterruptedException {
        if (++at == page.size()) {
            if (!page.isEmpty() && page.size() < ROWS) {
                at--;
                return false;
            }
            page = await(next);
            at = 0;
            if (page.isEmpty()) {
                at = -1;
                return false;
            }
            if (page.size() == ROWS) {
                String last = lastPath();
                next = ahead.submit(() -> read(last));
            }
        }
        row = page.get(at);
        pathFrom = 2 + 4 + 8 + 4;
        pathTo = pathFrom + (int) INT.get(row, pathFrom - 4);
        return true;
    }

    public long fileId() {
        return (long) LONG.get(row, 6);
    }

    /// The bytes of the path's text.
    public byte[] path() {
        return Arrays.copyOfRange(row, pathFrom, pathTo);
    }

    /// Whether size, times, device and inode are these.
    public boolean isUnchanged(FileStat found) {
        return number(0) == found.size()
                && number(1) + EPOCH_OF_POSTGRES == found.modifiedMicros()
                && number(2) + EPOCH_OF_POSTGRES == found.changedMicros()
                && number(4) == found.inode()
                && number(3) == found.device();
    }

    /// Whether this is the row of the file with this inode.
    public boolean isSameInode(FileStat found) {
        return number(4) == found.inode() && number(3) == found.device();
    }

    /// Whether the content is the same as far as the attributes tell. A file system may come back
    /// under another device number after a restart of the machine.
    public boolean isSameButForDevice(FileStat found) {
        return number(0) == found.size()
                && number(1) + EPOCH_OF_POSTGRES == found.modifiedMicros()
                && number(2) + EPOCH_OF_POSTGRES == found.changedMicros()
                && number(4) == found.inode();
    }

    /// size, mod_time, change_time, device, inode
    private long number(int column) {
        return (long) LONG.get(row, pathTo + column * 12 + 4);
    }

    private String lastPath() {
        byte[] last = page.getLast();
        int from = 2 + 4 + 8 + 4;
        return new String(last, from, (int) INT.get(last, from - 4), StandardCharsets.UTF_8);
    }

    private List<byte[]> read(String after) throws SQLException {
        return IndexOrder.read(dataSource, connection -> read(connection, after));
    }

    private List<byte[]> read(Connection connection, String after) throws SQLException {
        CopyOut out =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                CopyText.out(
                                        until == null ? PAGE : PAGE_OF_FOLDER,
                                        new CopyText.Values(repositoryId, after, until, ROWS)));
        List<byte[]> rows = new ArrayList<>(ROWS);
        for (byte[] data = out.readFromCopy(); data != null; data = out.readFromCopy()) {
            int from = rows.isEmpty() && isHeader(data) ? HEADER : 0;
            if (data.length - from > 2) {
                rows.add(from == 0 ? data : Arrays.copyOfRange(data, from, data.length));
            }
        }
        return rows;
    }

    private static boolean isHeader(byte[] data) {
        return data.length >= HEADER && data[0] == 'P' && data[1] == 'G' && data[2] == 'C';
    }

    private static List<byte[]> await(Future<List<byte[]>> page) throws InterruptedException {
        try {
            return page.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the rows of a repository cannot be read", e.getCause());
        }
    }

    @Override
    public void close() {
        ahead.shutdownNow();
        ahead.close();
    }
}
