package dev.darkroom.house;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Someone who publishes submissions to Kafka, as any Kafka client can.
final class Uploader implements AutoCloseable {
    private final EventPublisher publisher;

    Uploader(String bootstrapServers) {
        publisher =
                new EventPublisher(
                        new KafkaProperties(bootstrapServers, 6, (short) 1),
                        new EventCodec(),
                        "darkroom/test-uploader");
    }

    /// Publishes one; the future ends when Kafka has acknowledged it, or fails when it is not
    /// known.
    CompletableFuture<Void> submit(UUID assetId, Path photo) throws IOException {
        return publisher.publish(
                new AssetSubmitted(
                        assetId,
                        new StorageUri(photo.toUri().toString()),
                        photo.getFileName().toString(),
                        Files.size(photo),
                        null,
                        null,
                        null,
                        5,
                        Instant.now()));
    }

    @Override
    public void close() {
        publisher.close();
    }
}
