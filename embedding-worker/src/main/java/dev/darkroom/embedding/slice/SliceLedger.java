package dev.darkroom.embedding.slice;

import dev.darkroom.delivery.AssetLedger;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Ledger;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The ledger of a task that one model does. As long as that cannot be asked, no attempt begins:
/// everything waits in Kafka, and rows that say `skipped` are taken up when their turn comes.
///
/// What another model did is done again when the asset is announced once more. Its row stays
/// completed meanwhile, as that model's results stay.
public final class SliceLedger implements Ledger<AssetCreated> {
    private final AssetLedger rows;
    private final UserModel model;
    private final Outdated outdated;

    /// Finds what another model did.
    public interface Outdated {
        /// Those of these assets that have results of these versions or older ones, but of other
        /// models only.
        Set<UUID> ofOtherModels(List<AssetCreated> assets, String modelId);
    }

    public SliceLedger(JdbcClient jdbc, String task, UserModel model, Outdated outdated) {
        this.rows = new AssetLedger(jdbc, task, SliceLedger::applies);
        this.model = model;
        this.outdated = outdated;
    }

    private static boolean applies(AssetCreated asset) {
        return asset.assetType() == AssetType.PHOTO;
    }

    /// @throws DependencyDown when there is something to do and the model cannot be asked
    @Override
    public Set<AssetCreated> pending(List<AssetCreated> messages) {
        Set<AssetCreated> pending = new LinkedHashSet<>(rows.pending(messages));
        if (!pending.isEmpty()) {
            model.require();
        }
        Map<UUID, AssetCreated> settled = new LinkedHashMap<>();
        for (AssetCreated message : messages) {
            if (applies(message)) {
                settled.merge(
                        message.assetId(),
                        message,
                        (one, other) -> one.version() >= other.version() ? one : other);
            }
        }
        pending.forEach(message -> settled.remove(message.assetId()));
        if (!settled.isEmpty() && !model.modelId().isEmpty()) {
            outdated.ofOtherModels(List.copyOf(settled.values()), model.modelId())
                    .forEach(id -> pending.add(settled.get(id)));
        }
        return pending;
    }

    @Override
    public void begin(List<AssetCreated> messages) {
        rows.begin(messages);
    }

    @Override
    public void complete(List<Done<AssetCreated, ?>> done) {
        rows.complete(done);
    }

    @Override
    public void fail(List<Failed<AssetCreated>> failed) {
        rows.fail(failed);
    }

    @Override
    public void die(List<Failed<AssetCreated>> failed) {
        rows.die(failed);
    }

    @Override
    public void skip(List<Failed<AssetCreated>> failed) {
        rows.skip(failed);
    }
}
