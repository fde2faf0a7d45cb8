package dev.darkroom.embedding;

import dev.darkroom.delivery.AssetLedger;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Ledger;
import dev.darkroom.embedding.space.Space;
import dev.darkroom.embedding.space.Vectors;
import dev.darkroom.schema.AssetCreated;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The ledger of the task `embedding`, which is never done for good: an asset that was completed
/// needs work again when a new space has no vector of it. Its row stays completed meanwhile, since
/// the old space still serves.
class SpaceLedger implements Ledger<AssetCreated> {
    private final AssetLedger rows;
    private final OpenSpaces spaces;
    private final Vectors vectors;
    private final Predicate<AssetCreated> applies;

    SpaceLedger(
            AssetLedger rows, OpenSpaces spaces, Vectors vectors, Predicate<AssetCreated> applies) {
        this.rows = rows;
        this.spaces = spaces;
        this.vectors = vectors;
        this.applies = applies;
    }

    @Override
    public Set<AssetCreated> pending(List<AssetCreated> messages) {
        Set<AssetCreated> pending = new LinkedHashSet<>(rows.pending(messages));
        Map<UUID, AssetCreated> newest = new LinkedHashMap<>();
        for (AssetCreated message : messages) {
            if (applies.test(message)) {
                newest.merge(
                        message.assetId(),
                        message,
                        (one, other) -> one.version() >= other.version() ? one : other);
            }
        }
        List<UUID> open = spaces.embedders().keySet().stream().map(Space::id).toList();
        vectors.missing(newest.values(), open).forEach(id -> add(pending, newest.get(id)));
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
