package dev.darkroom.embedding.face;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Ledger;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.inference.faces.FaceModel;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The ledger of the task `faces`: an asset that is done is done again when it was another model
/// that saw it. Its row stays completed meanwhile, since the faces that are there still serve.
class FaceLedger implements Ledger<AssetCreated> {
    private final Ledger<AssetCreated> rows;
    private final Faces faces;
    private final UserModel standing;
    private final FaceModel model;

    FaceLedger(Ledger<AssetCreated> rows, Faces faces, UserModel standing, FaceModel model) {
        this.rows = rows;
        this.faces = faces;
        this.standing = standing;
        this.model = model;
    }

    /// @throws dev.darkroom.delivery.DependencyDown when the model cannot be asked, also what it is
    @Override
    public Set<AssetCreated> pending(List<AssetCreated> messages) {
        Set<AssetCreated> pending = new LinkedHashSet<>(rows.pending(messages));
        Map<UUID, AssetCreated> newest = new LinkedHashMap<>();
        for (AssetCreated message : messages) {
            if (message.assetType() == AssetType.PHOTO) {
                newest.merge(
                        message.assetId(),
                        message,
                        (one, other) -> one.version() >= other.version() ? one : other);
            }
        }
        if (!newest.isEmpty()) {
            String id = standing.ask(() -> model.info().id());
            faces.seenByAnother(newest.values(), id).forEach(one -> add(pending, newest.get(one)));
        }
        return pending;
    }

    private static void add(Set<AssetCreated> pending, @Nullable AssetCreated message) {
        if (message != null) {
            pending.add(message);
        }
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
