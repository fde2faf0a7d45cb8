package dev.darkroom.sync.folders.scan;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.FileStat;
import dev.darkroom.sync.folders.records.Seen;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Files that are looked at again at the end of a walk: in memory while they are few, else in a
/// temporary file. After a library is restored from a backup, that is all of them.
final class Spill implements AutoCloseable {
    private static final int IN_MEMORY = 20_000;

    private List<Seen> files = new ArrayList<>();
    private @Nullable Path path;
    private @Nullable DataOutputStream out;
    private long spilled;

    void add(Seen file) {
        files.add(file);
        if (files.size() == IN_MEMORY) {
            write();
        }
    }

    /// Gives everything in batches, and forgets it.
    void drain(Consumer<List<Seen>> batches) {
        List<Seen> last = files;
        files = new ArrayList<>();
        if (out != null) {
            read(batches);
        }
        if (!last.isEmpty()) {
            batches.accept(last);
        }
    }

    private void write() {
        try {
            if (out == null) {
                path = Files.createTempFile("darkroom-scan", null);
                out =
                        new DataOutputStream(
                                new BufferedOutputStream(
                                        Files.newOutputStream(
                                                path, StandardOpenOption.DELETE_ON_CLOSE)));
            }
            for (Seen file : files) {
                FileStat stat = file.stat();
                out.writeUTF(file.path().text());
                out.writeLong(stat.size());
                out.writeLong(stat.modifiedMicros());
                out.writeLong(stat.changedMicros());
                out.writeLong(stat.device());
                out.writeLong(stat.inode());
            }
            spilled += files.size();
            files.clear();
        } catch (IOException e) {
            throw new UncheckedIOException("a scan cannot use " + path, e);
        }
    }

    private void read(Consumer<List<Seen>> batches) {
        try (DataOutputStream written = out) {
            if (written == null || path == null) {
                return;
            }
            written.flush();
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
                while (spilled > 0) {
                    List<Seen> batch = new ArrayList<>();
                    for (; spilled > 0 && batch.size() < IN_MEMORY; spilled--) {
                        batch.add(read(in));
                    }
                    batches.accept(batch);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a scan cannot use " + path, e);
        } finally {
            out = null;
        }
    }

    private static Seen read(DataInputStream in) throws IOException {
        return new Seen(
                new FilePath(in.readUTF()),
                new FileStat(
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        1));
    }

    @Override
    public void close() {
        drain(_ -> {});
    }
}
