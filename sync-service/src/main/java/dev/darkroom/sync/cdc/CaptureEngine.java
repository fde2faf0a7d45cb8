package dev.darkroom.sync.cdc;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of Debezium's engine, from its start to its first error or to [#close()].
final class CaptureEngine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CaptureEngine.class);

    private final BatchPublisher publisher;
    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    CaptureEngine(Properties settings, BatchPublisher publisher) {
        this.publisher = publisher;
        this.engine =
                DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                        .using(settings)
                        .using(this::completed)
                        .notifying(publisher)
                        .build();
    }

    void start() {
        Thread.ofPlatform().name("cdc-engine").start(this::run);
    }

    private void run() {
        try {
            engine.run();
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
        }
    }

    private void completed(boolean success, @Nullable String message, @Nullable Throwable error) {
        if (error != null) {
            ended.completeExceptionally(error);
        } else if (!success) {
            ended.completeExceptionally(new StreamFailed("the engine ended: " + message));
        }
    }

    /// Waits for the end of the run.
    ///
    /// @return false when it still runs after this time
    /// @throws StreamFailed with the cause when it ended by an error
    boolean awaitEnd(long millis) throws InterruptedException {
        try {
            ended.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new StreamFailed("the engine ended: " + reason(e), e);
        }
    }

    /// What our own publisher said, or else the innermost cause.
    private static @Nullable String reason(Throwable error) {
        Throwable inner = error;
        for (Throwable next = error; next != null; next = next.getCause()) {
            if (next instanceof StreamFailed) {
                return next.getMessage();
            }
            inner = next;
        }
        return inner.getMessage();
    }

    /// Ends the run at once: what Kafka has not acknowledged yet is left to the next one.
    @Override
    public void close() {
        publisher.close();
        try {
            engine.close();
        } catch (IOException | IllegalStateException e) {
            // It had ended, or was ending, by itself.
            log.atDebug().setCause(e).log("engine was closing already");
        }
    }
}
