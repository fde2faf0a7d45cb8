package dev.darkroom.ingest.upload;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.schema.AssetSubmitted;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Announces on the topic `asset-submitted`.
public final class KafkaSubmissions implements Submissions {
    private final EventPublisher publisher;
    private final Duration patience;

    /// Announces through a publisher.
    ///
    /// @param patience how long an acknowledgement may take
    public KafkaSubmissions(EventPublisher publisher, Duration patience) {
        this.publisher = publisher;
        this.patience = patience;
    }

    @Override
    public void submit(AssetSubmitted submission) {
        try {
            publisher.publish(submission).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof DependencyDown down
                    ? down
                    : new DependencyDown("Kafka did not take the submission", failure);
        } catch (TimeoutException late) {
            throw new DependencyDown("Kafka did not acknowledge within " + patience, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DependencyDown("interrupted while submitting", interrupted);
        }
    }
}
