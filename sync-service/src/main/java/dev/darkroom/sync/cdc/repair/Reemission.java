package dev.darkroom.sync.cdc.repair;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.sync.cdc.FileEvents;
import dev.darkroom.sync.cdc.LogMessageHandler;
import dev.darkroom.sync.cdc.log.LogMessage;
import dev.darkroom.sync.cdc.row.ChangeRecords;
import dev.darkroom.sync.cdc.row.ChangeSource;
import dev.darkroom.sync.cdc.row.Operation;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Publishes rows once more, exactly at their place among the changes.
///
/// For an instant nobody may write the table. In that instant the rows are read and a message is
/// written into the log. Every change that the rows contain stands before the message, every later
/// one behind it; so when the stream comes to the message, it publishes the rows under the
/// message's position. No row is touched.
///
/// The rows wait in memory. When the process dies in between, the message means nothing to the next
/// one, and the repair begins again.
public final class Reemission implements LogMessageHandler {
    private static final String PREFIX = "darkroom.repair";

    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final ChangeRecords records = new ChangeRecords();
    private final FileEvents files = new FileEvents();

    /// What is published when its message comes.
    ///
    /// @param rows that are there
    /// @param gone keys that are not
    private record Pending(
            TableShape shape,
            List<TableRow> rows,
            List<KnownRow> gone,
            Map<Long, KnownRow> known,
            long transaction,
            long readAt,
            CompletableFuture<Outcome> told) {}

    /// A row as the topic knows it.
    ///
    /// @param last its columns, when it is there; null when the topic has it deleted or never had
    ///   it
    record KnownRow(RowKey key, @Nullable RowText last) {}

    /// What was published.
    ///
    /// @param lsn under which position
    record Outcome(long lsn, int rows, int deletes) {}

    /// Publishes these rows as they are now, and the end of those that are not there.
    ///
    /// @param patience how long to wait for writers of the table, and as long again for the stream
    /// @return what was published
    /// @throws SQLException with the state 55P03 when writers stood in the way
    /// @throws TimeoutException when the stream did not come by; it may still
    Outcome publish(
            TableReader reader,
            TableShape shape,
            List<KnownRow> wanted,
            Duration lockPatience,
            Duration patience)
            throws SQLException, TimeoutException, InterruptedException {
        String id = UUID.randomUUID().toString();
        CompletableFuture<Outcome> told = new CompletableFuture<>();
        try {
            reader.whileNobodyWrites(
                    shape,
                    lockPatience,
                    transaction -> {
                        pending.put(id, read(reader, shape, wanted, transaction, told));
                        reader.say(PREFIX, id);
                    });
            return told.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the rows could not be published", e.getCause());
        } finally {
            pending.remove(id);
        }
    }

    private static Pending read(
            TableReader reader,
            TableShape shape,
            List<KnownRow> wanted,
            long transaction,
            CompletableFuture<Outcome> told)
            throws SQLException {
        JsonDigest digests = new JsonDigest();
        List<TableRow> rows = reader.some(shape, wanted.stream().map(KnownRow::key).toList());
        Set<Long> there = new HashSet<>();
        rows.forEach(row -> there.add(digests.ofKey(row.key())));
        Map<Long, KnownRow> known = new HashMap<>();
        List<KnownRow> gone = new ArrayList<>();
        for (KnownRow one : wanted) {
            known.put(one.key().digest(), one);
            if (!there.contains(one.key().digest())) {
                gone.add(one);
            }
        }
        return new Pending(shape, rows, gone, known, transaction, System.currentTimeMillis(), told);
    }

    /// A message that is not ours, or of a process that is gone, publishes nothing.
    @Override
    public List<ProducerRecord<byte[], byte[]>> on(LogMessage message) {
        Pending found =
                message.prefix().equals(PREFIX)
                        ? pending.get(new String(message.content(), UTF_8))
                        : null;
        if (found == null) {
            return List.of();
        }
        ChangeSource source = new ChangeSource(message.lsn(), found.transaction(), found.readAt());
        List<ProducerRecord<byte[], byte[]>> published = new ArrayList<>();
        JsonDigest digests = new JsonDigest();
        for (TableRow row : found.rows()) {
            KnownRow known = found.known().get(digests.ofKey(row.key()));
            published.add(records.written(found.shape(), Operation.READ, null, row.text(), source));
            addEvents(found, known == null ? null : known.last(), row.text(), source, published);
        }
        for (KnownRow gone : found.gone()) {
            published.add(
                    records.deleted(found.shape(), gone.key().asRow(found.shape()), false, source));
            addEvents(found, gone.last(), null, source, published);
        }
        found.told().complete(new Outcome(message.lsn(), found.rows().size(), found.gone().size()));
        return published;
    }

    /// What the log of files tells besides, from what the topic knew to what is.
    private void addEvents(
            Pending found,
            @Nullable RowText before,
            @Nullable RowText after,
            ChangeSource source,
            List<ProducerRecord<byte[], byte[]>> published) {
        if (found.shape().table().equals(FileEvents.TABLE)) {
            published.addAll(files.events(found.shape(), before, after, source));
        }
    }
}
