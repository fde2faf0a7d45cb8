package dev.darkroom.ingest.upload.tus;

import dev.darkroom.ingest.upload.UploadWorkspace;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.BlobNotFound;
import dev.darkroom.storage.BlobStore;
import dev.darkroom.storage.StagedBlob;
import dev.darkroom.storage.StorageFull;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The uploads under way, on disk: a record and a file of bytes for each.
///
/// The file's length is the offset. A chunk that still has to be checked is announced by a mark
/// with the offset before it; when a crash leaves the mark behind, [#settle] cuts the file back.
/// Callers hold the upload's lock.
final class PartialUploads {
    private static final String RECORDS = "tus/";
    private static final String MARKS = "unchecked/";
    private static final int BUFFER = 128 * 1024;

    private final BlobStore records;
    private final Path parts;
    private final JsonMapper json = JsonMapper.builder().build();

    PartialUploads(UploadWorkspace workspace) {
        this.records = workspace.records();
        this.parts = workspace.parts();
    }

    void save(PartialUpload upload) throws IOException {
        records.put(recordOf(upload.id()), json.writeValueAsBytes(upload));
    }

    Optional<PartialUpload> find(UUID id) throws IOException {
        try (InputStream bytes = records.read(recordOf(id))) {
            return Optional.of(json.readValue(bytes, PartialUpload.class));
        } catch (BlobNotFound none) {
            return Optional.empty();
        }
    }

    List<UUID> ids() throws IOException {
        try (Stream<BlobKey> keys = records.list(RECORDS)) {
            return keys.map(key -> UUID.fromString(key.fileName())).toList();
        }
    }

    /// The record goes last: while it is there, the rest can be found and removed again.
    void remove(UUID id) throws IOException {
        removeBytes(id);
        records.delete(markOf(id));
        records.delete(recordOf(id));
    }

    void removeBytes(UUID id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    private Path file(UUID id) {
        return parts.resolve(id.toString());
    }

    long offset(UUID id) throws IOException {
        try {
            return Files.size(file(id));
        } catch (NoSuchFileException nothingYet) {
            return 0;
        }
    }

    /// When bytes last arrived, or empty when none has.
    Optional<Instant> touchedAt(UUID id) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(file(id)).toInstant());
        } catch (NoSuchFileException nothingYet) {
            return Optional.empty();
        }
    }

    /// The bytes as they are, ready to be published in another store.
    StagedBlob stage(UUID id, BlobStore store) throws IOException {
        return Files.exists(file(id))
                ? store.stage(file(id))
                : store.stage(InputStream.nullInputStream());
    }

    /// Writes at the end of the file until the stream ends, and flushes what was written even when
    /// the stream fails: bytes that arrived need not be sent again.
    void append(UUID id, InputStream bytes) throws IOException {
        boolean isNew = !Files.exists(file(id));
        try (FileChannel out =
                FileChannel.open(file(id), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            try {
                copy(bytes, out);
            } finally {
                flush(out, isNew);
            }
        }
    }

    /// Cuts the file back.
    void truncate(UUID id, long offset) throws IOException {
        if (offset(id) > offset) {
            try (FileChannel out = FileChannel.open(file(id), StandardOpenOption.WRITE)) {
                out.truncate(offset);
                out.force(true);
            }
        }
    }

    /// What is written from this offset on does not count until [#unmark].
    void mark(UUID id, long offset) throws IOException {
        records.put(markOf(id), Long.toString(offset).getBytes(StandardCharsets.US_ASCII));
    }

    void unmark(UUID id) throws IOException {
        records.delete(markOf(id));
    }

    /// Drops what was never checked, because the process died before it could be.
    void settle(UUID id) throws IOException {
        if (!records.exists(markOf(id))) {
            return;
        }
        try (InputStream mark = records.read(markOf(id))) {
            String offset = new String(mark.readAllBytes(), StandardCharsets.US_ASCII);
            truncate(id, Long.parseLong(offset));
        }
        unmark(id);
    }

    private void copy(InputStream bytes, FileChannel out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read; (read = bytes.read(buffer)) >= 0; ) {
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, read);
            try {
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            } catch (IOException failure) {
                throw StorageFull.orOther(failure, parts);
            }
        }
    }

    private void flush(FileChannel out, boolean isNew) throws IOException {
        try {
            out.force(true);
            if (isNew) {
                try (FileChannel folder = FileChannel.open(parts, StandardOpenOption.READ)) {
                    folder.force(true);
                }
            }
        } catch (IOException failure) {
            throw StorageFull.orOther(failure, parts);
        }
    }

    private static BlobKey recordOf(UUID id) {
        return new BlobKey(RECORDS + id);
    }

    private static BlobKey markOf(UUID id) {
        return new BlobKey(MARKS + id);
    }
}
