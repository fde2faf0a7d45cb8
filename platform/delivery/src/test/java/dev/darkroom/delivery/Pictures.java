package dev.darkroom.delivery;

import dev.darkroom.schema.AssetCreated;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Work whose behaviour stands in the file's name: `fine`, `hopeless`, `foreign` (cannot be done
/// here the first time), `flaky-2` (fails twice), `unwritable`.
final class Pictures implements Work<AssetCreated, String> {
    final Map<Object, Integer> performed = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;

    Pictures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String perform(AssetCreated asset) throws GiveUp {
        int times = performed.merge(asset.assetId(), 1, Integer::sum);
        String name = asset.fileName();
        if (name.startsWith("hopeless")) {
            throw new GiveUp(name + " is not a picture");
        }
        if (name.startsWith("foreign") && times == 1) {
            throw new Skip(name + " needs a decoder", new IllegalStateException("none is here"));
        }
        if (name.startsWith("flaky-") && times <= Integer.parseInt(name.substring(6))) {
            throw new IllegalStateException("failed for the " + times + ". time");
        }
        return "hash of " + name;
    }

    @Override
    public void record(List<Done<AssetCreated, String>> done) {
        for (Done<AssetCreated, String> one : done) {
            int width = one.message().fileName().startsWith("unwritable") ? -1 : 100;
            jdbc.sql(
                            """
                            insert into thumbnails as t (asset_id, size, asset_version, storage_path, content_hash,
                                file_size, width, height)
                            values (?::uuid, 'small', ?, 'repo://x/y', 'sha256:' || repeat('0', 64), 1, ?, 1)
                            on conflict (asset_id, size) do update set asset_version = excluded.asset_version
                            where t.asset_version < excluded.asset_version
                            """)
                    .params(one.message().assetId(), one.message().version(), width)
                    .update();
        }
    }
}
