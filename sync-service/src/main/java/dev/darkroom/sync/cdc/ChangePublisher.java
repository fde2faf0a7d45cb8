package dev.darkroom.sync.cdc;

import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.Table;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.Place;
import dev.darkroom.sync.cdc.InFlight.Transaction;
import dev.darkroom.sync.cdc.log.LogMessage;
import dev.darkroom.sync.cdc.log.LogReader;
import dev.darkroom.sync.cdc.row.ChangeRecords;
import dev.darkroom.sync.cdc.row.ChangeSource;
import dev.darkroom.sync.cdc.row.Operation;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Publishes what the log tells as it is told, and knows how far Kafka has acknowledged it.
///
/// It sends without waiting. The first record that fails fails the run: nothing is sent behind it
/// from then on, the position stays before it, and the next run reads it again.
final class ChangePublisher implements LogReader, AutoCloseable {
    private static final String HEARTBEAT = "heartbeat";
    private static final String OUR_MESSAGES = "darkroom.";
    private static final long MAX_IN_FLIGHT = 32 << 20;
    private static final int GROUP = 5_000;
    private static final long LOOK_UP_MILLIS = 1_000;

    /// How long Kafka may be away before the run ends and another one begins.
    private static final int OUTAGE_MILLIS = 600_000;

    private static final Set<String> CAPTURED =
            Arrays.stream(Table.values()).map(Table::tableName).collect(Collectors.toSet());

    /// What is done while Kafka takes nothing.
    @FunctionalInterface
    interface Waiting {
        void stillHere() throws SQLException;
    }

    private final KafkaProducer<byte[], byte[]> producer;
    private final LogMessageHandler messages;
    private final Progress progress;
    private final ChangeRecords changes = new ChangeRecords();
    private final OutboxEvents outbox = new OutboxEvents();
    private final FileEvents files = new FileEvents();
    private final InFlight inFlight = new InFlight(MAX_IN_FLIGHT);
    private final AtomicReference<@Nullable StreamFailed> failure = new AtomicReference<>();
    private volatile Runnable onFailure = () -> {};
    private Waiting waiting = () -> {};
    private @Nullable Transaction transaction;
    private long commit;
    private long lsn;
    private int grouped;
    private boolean queued;

    ChangePublisher(
            KafkaProperties kafka,
            CdcProperties settings,
            LogMessageHandler messages,
            Progress progress) {
        this.producer = producer(kafka, settings);
        this.messages = messages;
        this.progress = progress;
    }

    private static KafkaProducer<byte[], byte[]> producer(
            KafkaProperties kafka, CdcProperties settings) {
        Map<String, Object> config = kafka.producerConfig("cdc");
        long maxSize = settings.maxRecordSize().toBytes();
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Math.toIntExact(maxSize));
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * MAX_IN_FLIGHT + 2 * maxSize);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        // While Kafka is away the place in the log is kept, and PostgreSQL has to hear from us.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LOOK_UP_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, OUTAGE_MILLIS);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// @param waiting called by the reading thread, each second in which Kafka takes nothing
    /// @param onFailure called once by any thread, when a record was not taken
    void connect(Waiting waiting, Runnable onFailure) {
        this.waiting = waiting;
        this.onFailure = onFailure;
    }

    @Override
    public void begin(long commit) {
        this.commit = commit;
        this.lsn = 0;
        transaction = beginGroup();
    }

    private Transaction beginGroup() {
        grouped = 0;
        return inFlight.begin(new Place(commit, lsn));
    }

    @Override
    public void inserted(TableShape shape, RowText after, ChangeSource source) throws SQLException {
        switch (shape.table()) {
            case HEARTBEAT -> {}
            case OutboxEvents.TABLE -> send(outbox.event(shape, after));
            default -> {
                requireCaptured(shape);
                lsn = source.lsn();
                send(changes.written(shape, Operation.CREATE, null, after, source));
                tellFiles(shape, null, after, source);
            }
        }
    }

    @Override
    public void updated(
            TableShape shape, @Nullable Before before, RowText after, ChangeSource source)
            throws SQLException {
        if (!isCaptured(shape)) {
            return;
        }
        requireWholeFiles(shape, before);
        lsn = source.lsn();
        RowText row = before == null ? null : before.row();
        boolean whole = before != null && before.whole();
        sendAll(changes.updated(shape, row, whole, after, source));
        tellFiles(shape, before, after, source);
    }

    @Override
    public void deleted(TableShape shape, Before before, ChangeSource source) throws SQLException {
        if (isCaptured(shape)) {
            requireWholeFiles(shape, before);
            lsn = source.lsn();
            send(changes.deleted(shape, before.row(), before.whole(), source));
            tellFiles(shape, before, null, source);
        }
    }

    /// What happens to a row of `file_records` is an event too.
    ///
    /// @param before null for a new row
    private void tellFiles(
            TableShape shape, @Nullable Before before, @Nullable RowText after, ChangeSource source)
            throws SQLException {
        if (shape.table().equals(FileEvents.TABLE)) {
            sendAll(files.events(shape, before == null ? null : before.row(), after, source));
        }
    }

    /// Where a file lay before is in the log only then.
    private static void requireWholeFiles(TableShape shape, @Nullable Before before) {
        if (shape.table().equals(FileEvents.TABLE) && (before == null || !before.whole())) {
            throw new StreamFailed("file_records must have REPLICA IDENTITY FULL");
        }
    }

    @Override
    public void truncated(List<TableShape> shapes, ChangeSource source) throws SQLException {
        lsn = source.lsn();
        for (TableShape shape : shapes) {
            if (isCaptured(shape)) {
                send(changes.truncated(shape, source));
            }
        }
    }

    @Override
    public void message(LogMessage message) throws SQLException {
        if (!message.prefix().startsWith(OUR_MESSAGES)) {
            return;
        }
        if (transaction != null) {
            lsn = message.lsn();
            sendAll(messages.on(message));
            return;
        }
        begin(message.lsn());
        sendAll(messages.on(message));
        commit(0);
    }

    private void sendAll(List<ProducerRecord<byte[], byte[]>> records) throws SQLException {
        for (ProducerRecord<byte[], byte[]> record : records) {
            send(record);
        }
    }

    @Override
    public void commit(long end) {
        Transaction ended = transaction();
        transaction = null;
        inFlight.told(ended, end);
    }

    /// Of the outbox and of the heartbeat only new rows mean something.
    private static boolean isCaptured(TableShape shape) {
        if (shape.table().equals(HEARTBEAT) || shape.table().equals(OutboxEvents.TABLE)) {
            return false;
        }
        requireCaptured(shape);
        return true;
    }

    /// A published table that this version does not know would be lost in silence.
    private static void requireCaptured(TableShape shape) {
        if (!CAPTURED.contains(shape.table())) {
            throw new StreamFailed(
                    "the publication holds the table %s, which this version does not know: start the"
                                    .formatted(shape.table())
                            + " version that the migrations belong to");
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws SQLException {
        Transaction of = groupOfNext();
        if (ChangeRecord.isChangeTopic(record.topic())) {
            record.headers()
                    .add(Place.COMMIT, ascii(Long.toString(commit)))
                    .add(Place.SETTLED, ascii(inFlight.settled().toString()));
        }
        byte[] key = record.key();
        int size = record.value().length + (key == null ? 0 : key.length);
        awaitRoom(of, size);
        while (!queue(record, of, size)) {
            waiting.stillHere();
        }
        requireNoFailure();
    }

    /// A long transaction settles piece by piece, so that its readers need not remember all of it.
    private Transaction groupOfNext() {
        Transaction of = transaction();
        if (grouped++ == GROUP) {
            inFlight.told(of, 0);
            of = beginGroup();
            transaction = of;
        }
        return of;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void awaitRoom(Transaction of, int size) throws SQLException {
        try {
            while (!inFlight.add(of, size, LOOK_UP_MILLIS)) {
                requireNoFailure();
                waiting.stillHere();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamFailed("interrupted while Kafka took nothing", e);
        }
    }

    /// Returns false when the producer could not even queue the record, since it knows of no broker
    /// at the moment: it says so in this thread, before [KafkaProducer#send] returns.
    private boolean queue(ProducerRecord<byte[], byte[]> record, Transaction of, int size) {
        long sending = Thread.currentThread().threadId();
        queued = true;
        var _ =
                producer.send(
                        record,
                        (_, error) -> {
                            if (error == null) {
                                inFlight.acknowledged(of, size);
                                progress.published();
                            } else if (error instanceof TimeoutException
                                    && Thread.currentThread().threadId() == sending) {
                                queued = false;
                            } else {
                                fail(record, error);
                            }
                        });
        return queued;
    }

    private Transaction transaction() {
        if (transaction == null) {
            throw new IllegalStateException("a change outside of a transaction");
        }
        return transaction;
    }

    private void fail(ProducerRecord<byte[], byte[]> record, Exception error) {
        if (failure.compareAndSet(null, notTaken(record, error))) {
            onFailure.run();
        }
    }

    private void requireNoFailure() {
        StreamFailed failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static StreamFailed notTaken(ProducerRecord<byte[], byte[]> record, Exception error) {
        return new StreamFailed(
                "Kafka did not take a record of %d bytes for %s%s"
                        .formatted(record.value().length, record.topic(), advice(error)),
                error);
    }

    private static String advice(Exception error) {
        return error instanceof RecordTooLargeException
                ? "; nothing behind it is published until darkroom.sync.cdc.max-record-size and the"
                        + " topic's max.message.bytes are raised"
                : "";
    }

    /// Why the run has to end, or null while it need not.
    @Nullable StreamFailed failure() {
        return failure.get();
    }

    boolean isInTransaction() {
        return transaction != null;
    }

    /// Everything before this position is acknowledged; 0 before the first transaction is.
    long position() {
        return inFlight.position();
    }

    /// Waits until all that was sent is acknowledged.
    ///
    /// @return false when it is not after this time
    boolean awaitAcknowledged(Duration time) throws InterruptedException {
        return inFlight.awaitNone(time.toMillis());
    }

    /// Gives what is under way a second.
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
