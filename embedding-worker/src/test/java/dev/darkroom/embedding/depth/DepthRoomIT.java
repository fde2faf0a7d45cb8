package dev.darkroom.embedding.depth;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.inference.depth.DepthFile;
import dev.darkroom.inference.depth.DepthFormat;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.StorageUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Maps of ten bytes each, in rooms of a few.
class DepthRoomIT {
    @TempDir private Path folder;
    private HikariDataSource pool;
    private JdbcClient admin;
    private DepthMaps maps;
    private DepthStore store;

    @BeforeEach
    void open() throws Exception {
        MigratedDatabase database = MigratedDatabase.create();
        admin = database.asAdmin();
        admin.sql("insert into repositories (name, path, is_default) values ('r', ?, true)")
                .param(folder.toString())
                .update();
        pool = database.pool(Role.EMBEDDING);
        maps = new DepthMaps(JdbcClient.create(pool));
        store = new DepthStore(JdbcClient.create(pool));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void takesOutThoseLongestUnreadUntilTheRestFits() throws Exception {
        // given
        UUID oldest = map(4);
        UUID older = map(3);
        UUID newer = map(2);
        UUID newest = map(1);

        // when
        int evicted = new DepthRoom(maps, store, 25).evict();

        // then
        assertThat(evicted).isEqualTo(2);
        assertThat(rows()).containsExactlyInAnyOrder(newer, newest).doesNotContain(oldest, older);
        assertThat(files()).hasSize(2).allMatch(this::isNamed);
        assertThat(new DepthRoom(maps, store, 25).evict()).isZero();
    }

    @Test
    void sweepsWhatAKillLeftAndNothingThatMayStillGetItsRow() throws Exception {
        // given: killed after the rows went, and before the files did; and one that is being made
        map(2);
        UUID kept = map(1);
        List<StorageUri> left = maps.evictDownTo(10);
        assertThat(left).hasSize(1);
        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7_200)));
        }
        StorageUri young = place(UUID.randomUUID());

        // when
        int swept = new DepthRoom(maps, store, 100).sweep(Duration.ofHours(1));

        // then
        assertThat(swept).isEqualTo(1);
        assertThat(rows()).containsExactly(kept);
        assertThat(files()).hasSize(2).contains(path(young)).doesNotContain(path(left.getFirst()));
    }

    @Test
    void aLateMapOfAnOldVersionChangesNothing() throws Exception {
        // given
        UUID asset = map(1);
        admin.sql("update depth_maps set asset_version = 2").update();

        // when
        List<StorageUri> replaced = maps.put(List.of(stored(asset, place(asset))));

        // then
        assertThat(replaced).isEmpty();
        assertThat(admin.sql("select asset_version from depth_maps").query(Long.class).list())
                .containsExactly(2L);
    }

    private UUID map(int minutesUnread) throws Exception {
        UUID asset =
                admin.sql(
                                """
                                insert into assets (repository_id, asset_type, original_filename, storage_path,
                                    mime_type, file_size, content_hash)
                                select repository_id, 'photo', 'a.jpg', 'repo://' || repository_id || '/'
                                    || gen_random_uuid(), 'image/jpeg', 1,
                                    'sha256:' || encode(sha256(gen_random_uuid()::text::bytea), 'hex')
                                from repositories returning asset_id
                                """)
                        .query(UUID.class)
                        .single();
        maps.put(List.of(stored(asset, place(asset))));
        admin.sql(
                        "update depth_maps set accessed_at = now() - make_interval(mins => ?) where asset_id = ?")
                .params(minutesUnread, asset)
                .update();
        return asset;
    }

    private StorageUri place(UUID asset) throws Exception {
        DepthSource source =
                new DepthSource(asset, 1, new StorageUri("repo://" + asset + "/a.jpg"), "a.jpg");
        DepthFile file =
                new DepthFile(
                        DepthFormat.RAW, new byte[10], "0".repeat(64), Optional.empty(), Map.of());
        return store.put(source, List.of(file)).getFirst().uri();
    }

    private static StoredDepth stored(UUID asset, StorageUri uri) {
        return new StoredDepth(
                asset, 1, "m@1", DepthFormat.RAW, uri, "0".repeat(64), 10, 1, 1, "{}");
    }

    private List<UUID> rows() {
        return admin.sql("select asset_id from depth_maps")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    private boolean isNamed(Path file) {
        return admin.sql("select storage_path from depth_maps")
                .query((row, _) -> path(new StorageUri(row.getString(1))))
                .list()
                .contains(file);
    }

    private Path path(StorageUri uri) {
        return folder.resolve(uri.file().text());
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> all = Files.walk(folder.resolve("depth"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
