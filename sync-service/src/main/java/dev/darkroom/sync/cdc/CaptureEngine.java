package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.sync.cdc.log.LogDecoder;
import dev.darkroom.sync.cdc.log.ReplicationLog;
import dev.darkroom.sync.cdc.row.Catalog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of the change streams, from its start to its first error or to [#close()].
///
/// One thread does it all: it waits for the log's next message, writes it as JSON, hands it to
/// Kafka's producer and goes on; now and then it confirms what has been acknowledged meanwhile.
final class CaptureEngine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CaptureEngine.class);

    /// How often the slot moves under load.
    private static final long CONFIRM_NANOS = Duration.ofMillis(100).toNanos();

    /// How often PostgreSQL hears from us though nothing was acknowledged, far below its
    /// `wal_sender_timeout`.
    private static final long ALIVE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(1);

    private final ReplicationLog stream;
    private final Heartbeat heartbeat;
    private final ChangePublisher publisher;
    private final Progress progress;
    private final LogDecoder decoder;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean finishing;
    private long lastStatus = System.nanoTime();

    private CaptureEngine(
            ReplicationLog stream,
            Heartbeat heartbeat,
            Catalog catalog,
            ChangePublisher publisher,
            Progress progress) {
        this.stream = stream;
        this.heartbeat = heartbeat;
        this.publisher = publisher;
        this.progress = progress;
        this.decoder = new LogDecoder(catalog, publisher);
    }

    /// Starts to read where the slot stands.
    ///
    /// @param publisher closed with the engine, and when the start fails
    static CaptureEngine start(
            CdcProperties settings,
            DatabaseAddress address,
            Login login,
            ChangePublisher publisher,
            Progress progress)
            throws SQLException {
        ReplicationLog stream = null;
        try {
            stream =
                    ReplicationLog.open(
                            address, login, ReplicationSlot.NAME, ReplicationSlot.PUBLICATION);
            ReplicationLog opened = stream;
            Heartbeat heartbeat =
                    Heartbeat.start(
                            address,
                            login,
                            settings.heartbeatInterval(),
                            error -> {
                                log.atWarn().setCause(error).log("the heartbeat failed");
                                opened.abort();
                            });
            CaptureEngine engine =
                    new CaptureEngine(
                            stream, heartbeat, new Catalog(address, login), publisher, progress);
            publisher.connect(engine::tellStatus, stream::abort);
            Thread.ofPlatform().name("cdc-engine").start(engine::run);
            return engine;
        } catch (SQLException | RuntimeException e) {
            if (stream != null) {
                stream.close();
            }
            publisher.close();
            throw e;
        }
    }

    private void run() {
        try {
            while (!finishing || publisher.isInTransaction()) {
                decoder.decode(stream.read(), stream.position());
                confirm();
            }
            finish();
            ended.complete(null);
        } catch (SQLException | RuntimeException | Error e) {
            StreamFailed failed = publisher.failure();
            ended.completeExceptionally(failed == null ? e : failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended.completeExceptionally(e);
        }
    }

    private void confirm() throws SQLException {
        long silent = System.nanoTime() - lastStatus;
        if (silent >= ALIVE_NANOS
                || (silent >= CONFIRM_NANOS && publisher.position() > stream.confirmed())) {
            tellStatus();
        }
    }

    private void tellStatus() throws SQLException {
        long position = publisher.position();
        stream.confirm(position);
        progress.confirmed(position);
        lastStatus = System.nanoTime();
    }

    /// Confirms all that was sent, so that the next run begins behind it.
    private void finish() throws SQLException, InterruptedException {
        if (publisher.awaitAcknowledged(LAST_ACKNOWLEDGEMENTS)) {
            tellStatus();
        }
        stream.finish();
    }

    /// Waits for the end of the run.
    ///
    /// @return false when it still runs after this time
    /// @throws StreamFailed with the cause when it ended by an error
    boolean awaitEnd(Duration time) throws InterruptedException {
        try {
            ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof StreamFailed failed) {
                throw failed;
            }
            throw new StreamFailed("the change stream ended: " + cause.getMessage(), cause);
        }
    }

    /// Ends the run at the next end of a transaction, when that comes within this time; then
    /// nothing of it comes again.
    void finish(Duration time) throws InterruptedException {
        finishing = true;
        heartbeat.touch();
        try {
            if (!awaitEnd(time)) {
                log.atInfo().log("stopped inside a transaction, which comes again");
            }
        } catch (StreamFailed e) {
            log.atWarn().setCause(e).log("the change stream failed while it was stopped");
        }
    }

    /// Ends the run at once: what Kafka has not acknowledged yet is left to the next one.
    @Override
    public void close() throws SQLException {
        stream.close();
        try (heartbeat) {
            publisher.close();
        }
    }
}
