package dev.darkroom.embedding.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.embedding.space.Space.State;
import dev.darkroom.schema.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SpacesIT {
    private static final SpaceSpec OLD = new SpaceSpec("visual", "old@1", 2, "cosine");
    private static final SpaceSpec NEW = new SpaceSpec("visual", "new@1", 3, "cosine");

    // Not the common pool: on two processors it has one thread.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HikariDataSource pool;
    private JdbcClient admin;
    private TransactionTemplate transaction;
    private Spaces spaces;
    private Vectors vectors;
    private SpaceDesk desk;

    @BeforeEach
    void open() throws SQLException {
        MigratedDatabase database = MigratedDatabase.create();
        admin = database.asAdmin();
        admin.sql("insert into repositories (name, path) values ('r', '/r')").update();
        pool = database.pool(Role.EMBEDDING);
        JdbcClient jdbc = JdbcClient.create(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        spaces = new Spaces(jdbc, transaction);
        vectors = new Vectors(jdbc);
        desk = new SpaceDesk(spaces);
        spaces.open(OLD);
        spaces.open(NEW);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        pool.close();
    }

    @Test
    void theFirstSpaceOfARoleIsSearchedAtOnceAndTheNextOneWaits() {
        spaces.open(OLD);
        spaces.open(new SpaceSpec("face", "f@1", 4, "cosine"));

        assertThat(spaces.all())
                .extracting(space -> space.spec().modelId() + " " + space.state().wireName())
                .containsExactly("f@1 active", "old@1 active", "new@1 building");
    }

    @Test
    void refusesAModelThatChangedItsShape() {
        assertThatThrownBy(() -> spaces.open(new SpaceSpec("visual", "old@1", 5, "cosine")))
                .hasMessageContaining("another model needs another digest");
    }

    @Test
    void aSwitchWaitsForWhatIsBeingWrittenAndFencesOffWhatComesLater() {
        // given: a batch is being written to the old space
        Space old = desk.get("old");
        UUID early = asset();
        UUID late = asset();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Void> batch =
                start(
                        () ->
                                transaction.executeWithoutResult(
                                        _ -> {
                                            put(old, early);
                                            written.countDown();
                                            join(commit);
                                        }));
        reached(written, batch);

        // when
        CompletableFuture<Space> activated =
                CompletableFuture.supplyAsync(() -> desk.activate("new"), threads);
        await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaits);
        assertThat(activated).isNotDone();
        commit.countDown();
        batch.join();
        activated.join();
        transaction.executeWithoutResult(_ -> put(old, late));

        // then
        assertThat(desk.get("old").state()).isEqualTo(State.RETIRED);
        assertThat(desk.get("old").vectors()).isEqualTo(1);
    }

    @Test
    void whatIsWrittenDuringASwitchWaitsForItAndGoesNowhere() {
        // given: a switch that has not committed
        Space old = desk.get("old");
        CountDownLatch switched = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Void> activation =
                start(
                        () ->
                                transaction.executeWithoutResult(
                                        _ -> {
                                            desk.activate("new");
                                            switched.countDown();
                                            join(commit);
                                        }));
        reached(switched, activation);

        // when
        UUID asset = asset();
        CompletableFuture<Void> batch =
                start(() -> transaction.executeWithoutResult(_ -> put(old, asset)));
        await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaits);
        commit.countDown();
        activation.join();
        batch.join();

        // then
        assertThat(desk.get("old").vectors()).isZero();
    }

    @Test
    void thereIsAlwaysExactlyOneToSearchWhileTheyAreSwitched() {
        // given
        CompletableFuture<Void> switching =
                start(
                        () ->
                                IntStream.range(0, 20)
                                        .forEach(i -> desk.activate(i % 2 == 0 ? "new" : "old")));

        // when, then
        do {
            assertThat(
                            admin.sql(
                                            "select count(*) from embedding_spaces where state = 'active'")
                                    .query(Long.class)
                                    .single())
                    .isEqualTo(1);
        } while (!switching.isDone());
        switching.join();
    }

    @Test
    void rollbackGoesBackToTheOneThatWasSearchedBefore() {
        // given
        assertThatThrownBy(() -> desk.rollback("visual")).hasMessageContaining("searched before");
        desk.activate("new@1");

        // when
        Space back = desk.rollback("visual");

        // then
        assertThat(back.spec()).isEqualTo(OLD);
        assertThat(back.state()).isEqualTo(State.ACTIVE);
        assertThat(desk.get("new").state()).isEqualTo(State.RETIRED);
    }

    @Test
    void takesOverOnceEnoughPhotosAreInIt() {
        // given
        List<UUID> assets = IntStream.range(0, 10).mapToObj(_ -> asset()).toList();
        Takeover takeover = new Takeover(spaces, .9);
        Space fresh = desk.get("new");
        assets.subList(0, 8).forEach(id -> transaction.executeWithoutResult(_ -> put(fresh, id)));
        takeover.look();
        assertThat(desk.get("new").state()).isEqualTo(State.BUILDING);

        // when
        transaction.executeWithoutResult(_ -> put(fresh, assets.get(8)));
        takeover.look();

        // then
        assertThat(desk.get("new").state()).isEqualTo(State.ACTIVE);
        assertThat(desk.get("new").coverage()).isEqualTo(.9);
    }

    @Test
    void dropsASpaceThatIsNotSearched() {
        // given
        Space fresh = desk.get("new");
        UUID asset = asset();
        transaction.executeWithoutResult(_ -> put(fresh, asset));

        // when, then
        assertThatThrownBy(() -> desk.drop("old")).hasMessageContaining("is being searched");
        assertThatThrownBy(() -> desk.drop("nobody")).hasMessageContaining("old@1, new@1");
        desk.drop("new");
        assertThat(spaces.all()).extracting(Space::spec).containsExactly(OLD);
        assertThat(admin.sql("select count(*) from embeddings").query(Long.class).single())
                .isZero();
    }

    @Test
    void theSearchOfASpaceUsesItsIndexWhicheverKindItIs() {
        // given
        for (int i = 0; i < 50; i++) {
            UUID asset = asset();
            transaction.executeWithoutResult(_ -> put(desk.get("old"), asset));
        }

        // when, then
        assertThat(plan()).contains("_idx").doesNotContain("Sort");
        assertThat(desk.index("old", "ivfflat", 4).index()).isEqualTo("ivfflat");
        assertThat(plan()).contains("_idx").doesNotContain("Sort");
        assertThat(desk.index("old", "exact", null).index()).isEqualTo("exact");
        assertThat(plan()).contains("Sort").doesNotContain("_idx");
        assertThatThrownBy(() -> desk.index("old", "ivfflat", null))
                .hasMessageContaining("how many lists");
    }

    /// With so few vectors sorting them is quicker, so it is made to look dear.
    private String plan() {
        return transaction.execute(
                _ -> {
                    JdbcClient jdbc = JdbcClient.create(pool);
                    jdbc.sql("select set_config('enable_sort', 'off', true)")
                            .query(String.class)
                            .single();
                    return String.join(
                            "\n",
                            jdbc.sql(
                                            "explain select asset_id from embeddings where space_id = '%s' order by embedding::halfvec(2) <=> '[1,0]' limit 10"
                                                    .formatted(desk.get("old").id()))
                                    .query(String.class)
                                    .list());
                });
    }

    private void put(Space space, UUID asset) {
        float[] values = new float[space.spec().dimension()];
        values[0] = 1;
        vectors.put(List.of(new Vectors.Vector(asset, 1, space.id(), values)));
    }

    private UUID asset() {
        return admin.sql(
                        """
                        insert into assets (repository_id, asset_type, original_filename, storage_path, mime_type,
                            file_size, content_hash)
                        select repository_id, 'photo', 'a.jpg', 'repo://x/a.jpg', 'image/jpeg', 1,
                            'sha256:' || encode(sha256(random()::text::bytea), 'hex')
                        from repositories returning asset_id
                        """)
                .query(UUID.class)
                .single();
    }

    private boolean somebodyWaits() {
        return admin.sql(
                        "select exists (select from pg_stat_activity where datname = current_database()"
                                + " and wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    private CompletableFuture<Void> start(Runnable work) {
        return CompletableFuture.runAsync(work, threads);
    }

    /// Waits until a thread is there, and fails as it does when it does not get there.
    private static void reached(CountDownLatch latch, CompletableFuture<?> thread) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> latch.getCount() == 0 || thread.isCompletedExceptionally());
        if (thread.isCompletedExceptionally()) {
            thread.join();
        }
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
