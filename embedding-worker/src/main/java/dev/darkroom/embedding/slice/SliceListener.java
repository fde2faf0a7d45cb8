package dev.darkroom.embedding.slice;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.delivery.Work;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.schema.AssetCreated;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The doors of tasks that a user's model does: `asset-created`, all lanes, with the task's name as
/// the consumer's.
public final class SliceListener {
    /// More would be worked on for longer than Kafka waits for a consumer when a model is slow.
    private static final int BATCH = 8;

    private final EventCodec codec;
    private final JdbcClient jdbc;

    public SliceListener(EventCodec codec, JdbcClient jdbc) {
        this.codec = codec;
        this.jdbc = jdbc;
    }

    /// A task whose results stand whichever model they are of.
    public <R> Subscription<AssetCreated, R> of(
            String task, UserModel model, Work<AssetCreated, R> work) {
        return of(task, model, work, (_, _) -> Set.of());
    }

    /// A task whose results are made anew by another model.
    ///
    /// @param outdated finds what another model did, which is done again when it is announced
    public <R> Subscription<AssetCreated, R> of(
            String task,
            UserModel model,
            Work<AssetCreated, R> work,
            SliceLedger.Outdated outdated) {
        return new Subscription<>(
                task,
                SourceTopic.lanes(),
                codec.only(AssetCreated.class),
                work,
                Optional.of(new SliceLedger(jdbc, task, model, outdated)),
                BATCH);
    }
}
