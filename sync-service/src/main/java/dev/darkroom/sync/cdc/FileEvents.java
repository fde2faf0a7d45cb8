package dev.darkroom.sync.cdc;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.schema.FileCreated;
import dev.darkroom.schema.FileDeleted;
import dev.darkroom.schema.FileEvent;
import dev.darkroom.schema.FileModified;
import dev.darkroom.schema.FileMoved;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Sha256;
import dev.darkroom.sync.cdc.row.ChangeSource;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log of `file_records` as events: what became of a file, once its content is known.
///
/// The events are a view of the log, so they are complete and in order as it is. An event's id is
/// made of the file, what happened and where in the log, so an event that comes again is the same.
final class FileEvents {
    static final String TABLE = "file_records";

    private static final Logger log = LoggerFactory.getLogger(FileEvents.class);

    private static final String SOURCE = "darkroom/sync-service";

    private final EventCodec codec = new EventCodec();
    private @Nullable Columns columns;

    /// What a change of a row means.
    ///
    /// @param before the whole row as it was; null for a new one
    /// @param after the row as it is; null for one that is gone
    List<ProducerRecord<byte[], byte[]>> events(
            TableShape shape,
            @Nullable RowText before,
            @Nullable RowText after,
            ChangeSource source) {
        Columns at = columns(shape);
        File was = before == null ? null : at.file(shape, before);
        File is = after == null ? null : at.file(shape, after);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try {
            for (FileEvent event : events(was, is)) {
                records.add(record(event, source));
            }
        } catch (IllegalArgumentException e) {
            // The row is in the log for good: to fail would be to fail for ever. It stands on its
            // table's topic as it is.
            log.atError()
                    .setCause(e)
                    .addKeyValue("row", is == null ? was : is)
                    .addKeyValue("lsn", source.lsn())
                    .log("a row of file_records is no event");
        }
        return records;
    }

    /// A file whose content was never read has no events.
    private static List<FileEvent> events(@Nullable File was, @Nullable File is) {
        if (is == null) {
            return was == null || was.version() == 0 ? List.of() : List.of(was.deleted());
        }
        if (is.version() == 0) {
            return List.of();
        }
        if (was == null || was.version() == 0) {
            return List.of(is.created());
        }
        List<FileEvent> events = new ArrayList<>();
        if (!is.path().equals(was.path())) {
            events.add(was.movedTo(is.path()));
        }
        if (is.version() != was.version()) {
            events.add(is.changed());
        }
        return events;
    }

    private ProducerRecord<byte[], byte[]> record(FileEvent event, ChangeSource source) {
        String name =
                "%s\n%d\n%d\n%s\n%d"
                        .formatted(
                                event.type().wireName(),
                                event.fileId(),
                                event.contentVersion(),
                                event.path(),
                                source.lsn());
        UUID id = UUID.nameUUIDFromBytes(Utf8.bytes(name));
        return codec.encode(event, SOURCE, id, Instant.ofEpochMilli(source.committedAt()));
    }

    private Columns columns(TableShape shape) {
        Columns known = columns;
        if (known == null || known.shape() != shape) {
            known = Columns.of(shape);
            columns = known;
        }
        return known;
    }

    /// What events tell of a row.
    ///
    /// @param hash `sha256:` and the digits; null until the content was read
    private record File(
            UUID repository,
            long id,
            long version,
            String path,
            long size,
            @Nullable String hash,
            Instant modified) {
        FileEvent created() {
            return new FileCreated(
                    repository, id, version, new FilePath(path), size, sha256(), modified);
        }

        FileEvent changed() {
            return new FileModified(
                    repository, id, version, new FilePath(path), size, sha256(), modified);
        }

        FileEvent movedTo(String other) {
            return new FileMoved(
                    repository, id, version, new FilePath(other), new FilePath(path), sha256());
        }

        FileEvent deleted() {
            return new FileDeleted(repository, id, version, new FilePath(path), sha256());
        }

        private Sha256 sha256() {
            if (hash == null) {
                throw new IllegalArgumentException("a file whose content was read has a hash");
            }
            return Sha256.ofContentHash(hash);
        }
    }

    /// Where the columns stand.
    private record Columns(
            TableShape shape,
            int repository,
            int id,
            int version,
            int path,
            int size,
            int hash,
            int modified) {
        static Columns of(TableShape shape) {
            return new Columns(
                    shape,
                    shape.indexOf("repository_id"),
                    shape.indexOf("file_id"),
                    shape.indexOf("content_version"),
                    shape.indexOf("file_path"),
                    shape.indexOf("file_size"),
                    shape.indexOf("content_hash"),
                    shape.indexOf("mod_time"));
        }

        File file(TableShape shape, RowText row) {
            return new File(
                    UUID.fromString(row.required(repository)),
                    Long.parseLong(row.required(id)),
                    Long.parseLong(row.required(version)),
                    row.required(path),
                    Long.parseLong(row.required(size)),
                    row.string(hash),
                    Instant.parse(shape.printed(row, modified)));
        }
    }
}
