package dev.darkroom.embedding.slice;

import dev.darkroom.delivery.AssetLedger;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.delivery.Work;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    /// Finds what another model did.
    public interface Outdated {
        /// Those of these assets that have results of these versions or older ones, but of other
        /// models only.
        Set<UUID> ofOtherModels(Collection<AssetCreated> assets, String modelId);
    }

    /// A task whose results are made anew by another model when the asset is announced once more.
    /// As long as the model cannot be asked, no attempt begins: everything waits in Kafka, and rows
    /// that say `skipped` are taken up when their turn comes.
    public <R> Subscription<AssetCreated, R> of(
            String task, UserModel model, Work<AssetCreated, R> work, Outdated outdated) {
        return new Subscription<>(
                task,
                SourceTopic.lanes(),
                codec.only(AssetCreated.class),
                work,
                Optional.of(
                        new AssetLedger(
                                jdbc,
                                task,
                                asset -> asset.assetType() == AssetType.PHOTO,
                                assets -> {
                                    model.require();
                                    return outdated.ofOtherModels(assets, model.modelId());
                                })),
                BATCH);
    }
}
