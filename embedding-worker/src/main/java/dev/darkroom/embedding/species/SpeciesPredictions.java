package dev.darkroom.embedding.species;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.inference.species.SpeciesPrediction;
import dev.darkroom.schema.AssetCreated;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `species_predictions` rows. Those of an asset are what the model that looked last said of
/// its newest version.
class SpeciesPredictions {
    /// Whoever writes rows of one asset takes turns; the row of the ledger is there by then.
    static final Sql TAKE_TURNS =
            new Sql(
                    """
                    select asset_id::text from processing_tasks
                    where task = 'species' and asset_id = any(:ids::uuid[])
                    order by asset_id
                    for update
                    """);

    static final Sql FORGET =
            new Sql(
                    """
                    delete from species_predictions p
                    using unnest(:ids::uuid[], :versions::bigint[]) as u (asset_id, version)
                    where p.asset_id = u.asset_id and p.asset_version <= u.version
                    """);

    /// What comes late finds rows of a newer version and changes nothing.
    static final Sql PUT =
            new Sql(
                    """
                    insert into species_predictions (asset_id, model_id, rank, asset_version, species_name,
                        common_name, confidence)
                    select u.asset_id, u.model_id, u.rank, u.version, left(u.species, 255),
                        left(nullif(u.common, ''), 255), round(u.confidence, 4)
                    from unnest(:ids::uuid[], :versions::bigint[], :models::text[], :ranks::int[],
                        :species::text[], :commons::text[], :confidences::numeric[])
                        as u (asset_id, version, model_id, rank, species, common, confidence)
                    join assets a on a.asset_id = u.asset_id
                    where not exists (
                        select from species_predictions n
                        where n.asset_id = u.asset_id and n.asset_version > u.version)
                    on conflict do nothing
                    """);

    static final Sql OF_OTHER_MODELS =
            new Sql(
                    """
                    select distinct p.asset_id
                    from unnest(:ids::uuid[], :versions::bigint[]) as u (asset_id, version)
                    join species_predictions p on p.asset_id = u.asset_id
                    where p.asset_version <= u.version and p.model_id <> :model
                    """);

    private final JdbcClient jdbc;

    SpeciesPredictions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes the rows of a batch in the running transaction.
    void put(List<Done<AssetCreated, List<SpeciesPrediction>>> done) {
        String[] ids = assets(done, AssetCreated::assetId);
        jdbc.sql(TAKE_TURNS.text()).param("ids", ids).query((row, _) -> row.getString(1)).list();
        jdbc.sql(FORGET.text())
                .param("ids", ids)
                .param("versions", assets(done, AssetCreated::version))
                .update();
        jdbc.sql(PUT.text())
                .param("ids", rows(done, (asset, _) -> asset.assetId()))
                .param("versions", rows(done, (asset, _) -> asset.version()))
                .param("models", rows(done, (_, guess) -> guess.model()))
                .param("ranks", rows(done, (_, guess) -> guess.rank()))
                .param("species", rows(done, (_, guess) -> guess.species()))
                .param("commons", rows(done, (_, guess) -> guess.commonName().orElse("")))
                .param("confidences", rows(done, (_, guess) -> guess.confidence()))
                .update();
    }

    /// Those of these assets that another model named last.
    Set<UUID> ofOtherModels(Collection<AssetCreated> assets, String modelId) {
        return new HashSet<>(
                jdbc.sql(OF_OTHER_MODELS.text())
                        .param("ids", column(assets, AssetCreated::assetId))
                        .param("versions", column(assets, AssetCreated::version))
                        .param("model", modelId)
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .list());
    }

    private static String[] column(
            Collection<AssetCreated> assets, Function<AssetCreated, Object> field) {
        return assets.stream().map(one -> field.apply(one).toString()).toArray(String[]::new);
    }

    private static String[] assets(
            List<Done<AssetCreated, List<SpeciesPrediction>>> done,
            Function<AssetCreated, Object> field) {
        return column(done.stream().map(Done::message).toList(), field);
    }

    private static String[] rows(
            List<Done<AssetCreated, List<SpeciesPrediction>>> done,
            BiFunction<AssetCreated, SpeciesPrediction, Object> field) {
        return done.stream()
                .flatMap(
                        one ->
                                one.result().stream()
                                        .map(guess -> field.apply(one.message(), guess).toString()))
                .toArray(String[]::new);
    }
}
