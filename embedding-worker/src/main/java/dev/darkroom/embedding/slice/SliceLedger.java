package dev.darkroom.embedding.slice;

import dev.darkroom.delivery.AssetLedger;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Ledger;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The ledger of a task that one model does. As long as that cannot be asked, no attempt begins:
/// everything waits in Kafka, and rows that say `skipped` are taken up when their turn comes.
public final class SliceLedger implements Ledger<AssetCreated> {
    private final AssetLedger rows;
    private final UserModel model;

    public SliceLedger(JdbcClient jdbc, String task, UserModel model) {
        this.rows = new AssetLedger(jdbc, task, asset -> asset.assetType() == AssetType.PHOTO);
        this.model = model;
    }

    /// @throws DependencyDown when there is something to do and the model cannot be asked
    @Override
    public Set<AssetCreated> pending(List<AssetCreated> messages) {
        Set<AssetCreated> pending = rows.pending(messages);
        if (!pending.isEmpty()) {
            model.require();
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
}
