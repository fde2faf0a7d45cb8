package dev.darkroom.ingest.reprocess;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Assets that lack what a task, or a model, would make of them: found, and announced.
class LackingAssets {
    static final Sql TASKS =
            new Sql(
                    "select distinct task from processing_tasks where task <> 'ingest' order by task");

    static final Sql MODELS =
            new Sql(
                    """
                    select model_id from embedding_spaces
                    where state <> 'retired' and (model_id = :model or split_part(model_id, '@', 1) = :model)
                        and role <> 'face'
                    order by created_at
                    """);

    static final Sql ALL_MODELS =
            new Sql(
                    "select model_id || ' (' || state || ')' from embedding_spaces where role <> 'face' order by created_at");

    /// What is not done, and what another model than the one that there is now did. Recordings have
    /// thumbnails, and nothing else.
    static final Sql OF_TASK =
            new Sql(
                    """
                    select a.asset_no, a.asset_id, a.version, a.asset_type, a.mime_type, a.storage_path,
                        a.original_filename, a.file_size, a.content_hash, a.width, a.height, a.repository_id,
                        a.owner_id
                    from assets a
                    where a.asset_no > :after and (a.asset_type = 'photo' or :task = 'thumbnail')
                        and a.deleted_at is null
                        and (not exists (
                                select from processing_tasks t
                                where t.asset_id = a.asset_id and t.task = :task and t.status = 'completed'
                                    and t.asset_version >= a.version)
                            or :task = 'species' and exists (
                                select from species_predictions p join capabilities c on c.model_id <> p.model_id
                                where p.asset_id = a.asset_id and c.capability = 'species')
                            or :task = 'depth' and exists (
                                select from depth_maps d join capabilities c on c.model_id <> d.model_id
                                where d.asset_id = a.asset_id and c.capability = 'depth')
                            or :task = 'faces' and exists (
                                select from processing_tasks t join capabilities c on c.model_id <> t.model_id
                                where t.asset_id = a.asset_id and t.task = 'faces' and c.capability = 'faces'))
                    order by a.asset_no
                    limit :limit
                    """);

    static final Sql OF_MODEL =
            new Sql(
                    """
                    select a.asset_no, a.asset_id, a.version, a.asset_type, a.mime_type, a.storage_path,
                        a.original_filename, a.file_size, a.content_hash, a.width, a.height, a.repository_id,
                        a.owner_id
                    from assets a
                    where a.asset_no > :after and a.asset_type = 'photo' and a.deleted_at is null
                        and not exists (
                            select from embeddings e join embedding_spaces s on s.space_id = e.space_id
                            where s.model_id = :model and e.asset_id = a.asset_id
                                and e.asset_version >= a.version)
                    order by a.asset_no
                    limit :limit
                    """);

    private static final int PRIORITY = 9;

    private final JdbcClient jdbc;
    private final Outbox outbox;

    LackingAssets(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /// Some that were announced.
    ///
    /// @param size how many
    /// @param last the position of the last one
    record Page(int size, long last) {}

    List<String> tasks() {
        return jdbc.sql(TASKS.text()).query((row, _) -> row.getString(1)).list();
    }

    /// The open spaces of a model, by its id or its name.
    List<String> models(String model) {
        return jdbc.sql(MODELS.text())
                .param("model", model)
                .query((row, _) -> row.getString(1))
                .list();
    }

    List<String> allModels() {
        return jdbc.sql(ALL_MODELS.text()).query((row, _) -> row.getString(1)).list();
    }

    /// Announces the next of those whose task is not completed.
    Page announceOfTask(String task, long after, int limit) {
        return announce(jdbc.sql(OF_TASK.text()).param("task", task), after, limit);
    }

    /// Announces the next of those that a model has made no vector of.
    Page announceOfModel(String model, long after, int limit) {
        return announce(jdbc.sql(OF_MODEL.text()).param("model", model), after, limit);
    }

    private Page announce(JdbcClient.StatementSpec statement, long after, int limit) {
        long[] last = {after};
        Instant now = Instant.now();
        List<AssetCreated> assets =
                statement
                        .param("after", after)
                        .param("limit", limit)
                        .query(
                                (row, _) -> {
                                    last[0] = row.getLong("asset_no");
                                    return asset(row, now);
                                })
                        .list();
        outbox.add(assets);
        return new Page(assets.size(), last[0]);
    }

    private static AssetCreated asset(ResultSet row, Instant now) throws SQLException {
        return new AssetCreated(
                row.getObject("asset_id", UUID.class),
                row.getLong("version"),
                AssetType.valueOf(row.getString("asset_type").toUpperCase(Locale.ROOT)),
                row.getString("mime_type"),
                new StorageUri(row.getString("storage_path")),
                row.getString("original_filename"),
                row.getLong("file_size"),
                Sha256.ofContentHash(row.getString("content_hash")),
                row.getObject("width", Integer.class),
                row.getObject("height", Integer.class),
                row.getObject("repository_id", UUID.class),
                row.getObject("owner_id", UUID.class),
                PRIORITY,
                now);
    }
}
