package dev.darkroom.command.load;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.StorageUri;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Publishes submissions that name the file by its path: the bytes do not travel.
final class KafkaSubmitter implements Submitter {
    private final EventPublisher publisher;
    private final int priority;

    KafkaSubmitter(String bootstrapServers, int priority) {
        this.publisher =
                new EventPublisher(
                        new KafkaProperties(bootstrapServers, 1, (short) -1),
                        new EventCodec(),
                        "darkroom/import");
        this.priority = priority;
    }

    @Override
    public CompletableFuture<UUID> submit(Found.Media file) {
        UUID assetId = EventCodec.newId();
        AssetSubmitted submission;
        try {
            submission =
                    new AssetSubmitted(
                            assetId,
                            new StorageUri(file.path().toUri().toString()),
                            String.valueOf(file.path().getFileName()),
                            file.size(),
                            null,
                            null,
                            null,
                            priority,
                            Instant.now());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new Rejected(String.valueOf(e.getMessage())));
        }
        return publisher.publish(submission).thenApply(_ -> assetId);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
