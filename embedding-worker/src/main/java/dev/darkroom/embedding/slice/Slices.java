package dev.darkroom.embedding.slice;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.delivery.Work;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.schema.AssetCreated;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The doors of tasks that a user's model does: `asset-created`, all lanes, with the task's name as
/// the consumer's.
public final class Slices {
    /// More would be worked on for longer than Kafka waits for a consumer when a model is slow.
    private static final int BATCH = 8;

    private final EventCodec codec;
    private final JdbcClient jdbc;

    public Slices(EventCodec codec, JdbcClient jdbc) {
        this.codec = codec;
        this.jdbc = jdbc;
    }

    public <R> Subscription<AssetCreated, R> of(
            String task, UserModel model, Work<AssetCreated, R> work) {
        return new Subscription<>(
                task,
                SourceTopic.lanes(),
                codec.only(AssetCreated.class),
                work,
                Optional.of(new SliceLedger(jdbc, task, model)),
                BATCH);
    }
}
