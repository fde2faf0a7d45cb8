package dev.darkroom.library.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.library.people.FaceTurns;
import dev.darkroom.schema.Role;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

class SortFacesIT {
    private HikariDataSource pool;
    private DueFaces rows;
    private Gallery gallery;

    @BeforeEach
    void open() throws SQLException {
        MigratedDatabase database = MigratedDatabase.create();
        pool = database.pool(Role.LIBRARY);
        rows = new DueFaces(JdbcClient.create(pool));
        gallery = new Gallery(database);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void threeFacesThatAreAlikeArePeopleAndFewerWait() {
        UUID space = gallery.space(2);
        List<UUID> ada = List.of(at(space, 0), at(space, 5), at(space, 10));
        List<UUID> bea = List.of(at(space, 120), at(space, 125), at(space, 130));
        at(space, 240);
        at(space, 245);

        int compared = sorting(transactions(), 50).run();

        assertThat(gallery.people()).containsExactly(ada, bea);
        assertThat(gallery.size()).isEqualTo(2);
        assertThat(gallery.due()).isZero();
        assertThat(compared).isGreaterThanOrEqualTo(8);
        assertThat(sorting(transactions(), 50).run()).isZero();
    }

    @Test
    void whoWaitsIsFoundWhenSomebodyLikeThemComes() {
        UUID space = gallery.space(2);
        UUID middle = at(space, 0);
        UUID left = at(space, 55);
        sorting(transactions(), 50).run();
        assertThat(gallery.people()).isEmpty();

        // Near the middle only: too few for itself, enough for the middle.
        UUID right = at(space, -55);
        sorting(transactions(), 50).run();

        assertThat(gallery.people()).containsExactly(List.of(middle, left, right));
        UUID farther = at(space, -110);
        sorting(transactions(), 50).run();
        assertThat(gallery.people()).containsExactly(List.of(middle, left, right, farther));
    }

    @Test
    void whatAPersonSaidStays() {
        UUID space = gallery.space(2);
        UUID ada = at(space, 0);
        UUID nobody = at(space, 1);
        UUID ignored = at(space, 2);
        UUID dora = at(space, 3);
        UUID like = at(space, 4);
        UUID adaId = gallery.person("Ada", ada);
        UUID doraId = gallery.person("Dora", dora);
        gallery.admin
                .sql("update faces set confirmed = true where face_id = ?")
                .param(nobody)
                .update();
        gallery.admin
                .sql("update faces set ignored = true where face_id = ?")
                .param(ignored)
                .update();

        sorting(transactions(), 50).run();

        assertThat(gallery.personOf(ada)).isEqualTo(adaId);
        assertThat(gallery.personOf(dora)).isEqualTo(doraId);
        assertThat(gallery.personOf(like)).isEqualTo(doraId);
        assertThat(gallery.personOf(nobody)).isNull();
        assertThat(gallery.personOf(ignored)).isNull();
    }

    @Test
    void onlyFacesOfOneSpaceAndOneOwnerAreCompared() {
        UUID space = gallery.space(2);
        UUID other = gallery.space(3);
        UUID owner = gallery.owner("ada");
        gallery.face(space, owner, 1, 0);
        gallery.face(space, owner, 1, .1f);
        gallery.face(space, 1, 0);
        gallery.face(space, 1, .1f);
        gallery.face(other, 1, 0, 0);

        sorting(transactions(), 50).run();

        assertThat(gallery.people()).isEmpty();
        UUID third = gallery.face(space, owner, 1, .2f);
        sorting(transactions(), 50).run();
        assertThat(gallery.people()).hasSize(1);
        assertThat(gallery.people().getFirst()).hasSize(3).contains(third);
        assertThat(
                        gallery.admin
                                .sql("select owner_id from people")
                                .query((row, _) -> row.getObject(1, UUID.class))
                                .single())
                .isEqualTo(owner);
    }

    /// Killed after any number of transactions, and in the middle of each: what was not committed
    /// is as if it had not been.
    @Test
    void killedAnywhereItComesToTheSamePeople() {
        crowd(60);
        sorting(transactions(), 7).run();
        List<List<UUID>> people = gallery.people();
        assertThat(people.size()).isBetween(3, 20);
        gallery.forget();

        int kills = 0;
        while (gallery.due() > 0) {
            Mortal mortal = new Mortal(transactions(), kills++ % 2);
            assertThatThrownBy(() -> sorting(mortal, 7).run()).isInstanceOf(Killed.class);
            if (kills % 2 == 0) {
                assertThat(gallery.due()).isLessThan(60);
            }
        }

        assertThat(kills).isGreaterThan(8);
        assertThat(gallery.people()).isEqualTo(people);
        assertThat(gallery.size()).isEqualTo(people.size());
    }

    @Test
    void severalInstancesSortAsOne() throws Exception {
        crowd(60);
        sorting(transactions(), 5).run();
        List<List<UUID>> people = gallery.people();
        gallery.forget();

        try (ExecutorService instances = Executors.newFixedThreadPool(4)) {
            while (gallery.due() > 0) {
                List<Callable<Integer>> all = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    all.add(() -> sorting(transactions(), 5).run());
                }
                for (Future<Integer> one : instances.invokeAll(all)) {
                    one.get();
                }
            }
        }

        assertThat(gallery.people()).isEqualTo(people);
        assertThat(gallery.size()).isEqualTo(people.size());
    }

    @Test
    void asksTheIndexOfTheSpaceAmongManyFaces() {
        UUID space = gallery.space(64);
        UUID asked = gallery.face(space, unit(new Random(1), 64));
        gallery.admin
                .sql(
                        """
                        insert into faces (asset_id, asset_version, model_id, box_left, box_top, box_width, box_height,
                            confidence, space_id, dimension, embedding)
                        select :asset, 1, 'f1@1', .1, .1, .2, .2, .9, :space, 64,
                            (select array_agg(random() - .5) from generate_series(1, 64) where n > 0)::real[]::halfvec
                        from generate_series(1, 4000) n
                        """)
                .param("asset", asked)
                .param("space", space)
                .update();
        gallery.admin.sql("analyze").update();

        List<String> plan =
                transactions()
                        .execute(
                                _ -> {
                                    rows.settings(100);
                                    return rows.explain(rows.find(asked).orElseThrow(), 100);
                                });

        assertThat(String.join("\n", plan))
                .contains(
                        "Index Scan using faces_space_"
                                + space.toString().replace("-", "")
                                + "_idx on faces")
                .doesNotContain("Seq Scan on faces")
                .doesNotContain("Sort");
    }

    private UUID at(UUID space, int degrees) {
        return gallery.at(space, degrees);
    }

    /// Some around each of a dozen directions, so that some are people, some too few.
    private void crowd(int size) {
        UUID space = gallery.space(16);
        Random random = new Random(5);
        List<float[]> centres = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            centres.add(unit(random, 16));
        }
        for (int i = 0; i < size; i++) {
            float[] centre = centres.get((int) (12 * Math.pow(random.nextDouble(), 2)));
            float[] noise = unit(random, 16);
            for (int k = 0; k < 16; k++) {
                noise[k] = centre[k] + .5f * noise[k];
            }
            gallery.face(space, noise);
        }
    }

    private static float[] unit(Random random, int dimension) {
        float[] vector = new float[dimension];
        double square = 0;
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    private SortFaces sorting(TransactionOperations transactions, int batch) {
        return new SortFaces(
                rows,
                new FaceTurns(JdbcClient.create(pool)),
                transactions,
                new SortingProperties(true, 0.5, 3, 100, batch));
    }

    private TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    /// Stands for kill -9: after some transactions the next is not committed, and nothing follows.
    private static final class Mortal implements TransactionOperations {
        private final TransactionTemplate transactions;
        private int left;

        Mortal(TransactionTemplate transactions, int commits) {
            this.transactions = transactions;
            this.left = commits;
        }

        @Override
        public <T extends @Nullable Object> T execute(TransactionCallback<T> work)
                throws TransactionException {
            return transactions.execute(
                    status -> {
                        T result = work.doInTransaction(status);
                        if (left-- == 0) {
                            throw new Killed();
                        }
                        return result;
                    });
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
