package dev.darkroom.ingest.reprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.schema.Role;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReprocessIT {
    private static final int PHOTOS = 2_500;

    private HikariDataSource pool;
    private JdbcClient admin;
    private Reprocess reprocess;

    @BeforeEach
    void open() throws SQLException {
        MigratedDatabase database = MigratedDatabase.create();
        admin = database.asAdmin();
        pool = database.pool(Role.INGEST);
        JdbcClient ingest = JdbcClient.create(pool);
        reprocess = new Reprocess(new LackingAssets(ingest, new Outbox(ingest, new EventCodec())));
        admin.sql("insert into repositories (name, path) values ('r', '/r')").update();
        admin.sql(
                        """
                        insert into assets (repository_id, asset_type, original_filename, storage_path, mime_type,
                            file_size, content_hash)
                        select repository_id, 'photo', n || '.jpg', 'repo://' || repository_id || '/' || n || '.jpg',
                            'image/jpeg', 1, 'sha256:' || encode(sha256(n::text::bytea), 'hex')
                        from repositories, generate_series(1, ?) n
                        """)
                .param(PHOTOS)
                .update();
        admin.sql(
                        """
                        insert into processing_tasks (asset_id, task, asset_version, status)
                        select asset_id, 'embedding', 1, 'completed' from assets
                        """)
                .update();
        admin.sql(
                        """
                        insert into embedding_spaces (role, model_id, dimension, state)
                        values ('visual', 'old@1', 2, 'active'), ('visual', 'new@2', 3, 'building')
                        """)
                .update();
        fill("old@1", "[1,0]", PHOTOS);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void announcesEveryPhotoThatAModelHasNotSeenBehindEverythingElse() {
        // when
        Announced announced = reprocess.announce("embedding", "new");

        // then
        assertThat(announced.model()).contains("new@2");
        assertThat(announced.assets()).isEqualTo(PHOTOS);
        assertThat(
                        texts(
                                "select topic || ' ' || event_type || ' ' || count(distinct aggregate_id) from outbox group by topic, event_type"))
                .containsExactly("asset-created-backfill asset.created.v1 " + PHOTOS);
    }

    @Test
    void goesOnWhereItStopped() {
        // given: it was begun, then everything was killed; some photos had been seen by then
        fill("new@2", "[1,0,0]", 2_400);
        admin.sql("update assets set deleted_at = now() where original_filename = '2500.jpg'")
                .update();

        // when
        Announced announced = reprocess.announce("embedding", "new@2");

        // then
        assertThat(announced.assets()).isEqualTo(99);
        assertThat(reprocess.announce("embedding", "old").assets()).isZero();
    }

    @Test
    void announcesWhatATaskHasNotDone() {
        // given
        admin.sql(
                        """
                        insert into processing_tasks (asset_id, task, asset_version, status)
                        select asset_id, 'species', 1,
                            case when original_filename = '1.jpg' then 'completed' else 'skipped' end::task_status
                        from assets
                        """)
                .update();

        // when, then
        assertThat(reprocess.announce("species", null).assets()).isEqualTo(PHOTOS - 1);
        assertThat(reprocess.announce("embedding", null).assets()).isZero();
    }

    /// As when the decoder of recordings is installed later.
    @Test
    void announcesRecordingsThatGotNoPicture() {
        // given
        admin.sql("update assets set asset_type = 'video' where original_filename <> '1.jpg'")
                .update();
        admin.sql(
                        """
                        insert into processing_tasks (asset_id, task, asset_version, status)
                        select asset_id, 'thumbnail', 1,
                            case when original_filename = '2.jpg' then 'completed' else 'skipped' end::task_status
                        from assets
                        """)
                .update();

        // when, then
        assertThat(reprocess.announce("thumbnail", null).assets()).isEqualTo(PHOTOS - 1);
    }

    @Test
    void announcesWhatAnotherModelDidThanTheOneThatThereIsNow() {
        // given: every photo is done, one by the model that there is now
        admin.sql(
                        """
                        insert into processing_tasks (asset_id, task, asset_version, status)
                        select asset_id, task, 1, 'completed' from assets, unnest(array['species', 'depth']) task
                        """)
                .update();
        admin.sql(
                        """
                        insert into species_predictions (asset_id, model_id, rank, asset_version, species_name,
                            confidence)
                        select asset_id, case original_filename when '1.jpg' then 'new@1' else 'old@1' end, 1, 1,
                            'Ardea cinerea', .5
                        from assets where original_filename in ('1.jpg', '2.jpg', '3.jpg')
                        """)
                .update();
        assertThat(reprocess.announce("species", null).assets())
                .as("nobody knows which model there is")
                .isZero();

        // when
        admin.sql(
                        """
                        insert into capabilities (capability, available, model_id, detail)
                        values ('species', true, 'new@1', ''), ('depth', true, 'new@1', '')
                        """)
                .update();

        // then
        assertThat(reprocess.announce("species", null).assets()).isEqualTo(2);
        assertThat(reprocess.announce("depth", null).assets()).isZero();
    }

    @Test
    void announcesWhatAnotherModelHasLookedForFacesInAlsoWhereItFoundNone() {
        // given
        admin.sql(
                        """
                        insert into processing_tasks (asset_id, task, asset_version, status, model_id)
                        select asset_id, 'faces', 1, 'completed',
                            case original_filename when '1.jpg' then 'new@1' else 'old@1' end
                        from assets
                        """)
                .update();
        assertThat(reprocess.announce("faces", null).assets()).isZero();

        // when
        admin.sql(
                        "insert into capabilities (capability, available, model_id, detail) values ('faces', true, 'new@1', '')")
                .update();

        // then
        assertThat(reprocess.announce("faces", null).assets()).isEqualTo(PHOTOS - 1);
    }

    @Test
    void saysWhatThereIsInsteadOfWhatItDoesNotKnow() {
        assertThatThrownBy(() -> reprocess.announce("cooking", null))
                .hasMessage("no task is called cooking; there are embedding");
        assertThatThrownBy(() -> reprocess.announce("embedding", "nobody"))
                .hasMessageContaining("old@1 (active), new@2 (building)");
    }

    private void fill(String model, String vector, int photos) {
        admin.sql(
                        """
                        insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)
                        select a.asset_id, s.space_id, 1, s.dimension, :vector::halfvec
                        from (select asset_id from assets order by asset_no limit :photos) a, embedding_spaces s
                        where s.model_id = :model
                        """)
                .param("vector", vector)
                .param("photos", photos)
                .param("model", model)
                .update();
    }

    private List<String> texts(String sql) {
        return admin.sql(sql).query((row, _) -> row.getString(1)).list();
    }
}
