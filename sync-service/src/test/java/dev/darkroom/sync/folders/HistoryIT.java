package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.sync.folders.records.History;
import dev.darkroom.sync.folders.records.Operations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is forgotten of earlier operations, and what is not.
class HistoryIT {
    private static final History.Keeping THREE_FOR_90_DAYS =
            new History.Keeping(Duration.ofDays(30), Duration.ofDays(90), 3);
    private static MigratedDatabase database;

    @TempDir Path folder;
    private Stage stage;

    @BeforeAll
    static void prepare() throws SQLException {
        database = MigratedDatabase.create();
    }

    @BeforeEach
    void open() {
        stage = new Stage(database, folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void whatIsOldIsForgottenButTheNewestStay() {
        for (int i = 0; i < 4; i++) {
            operation("completed", 100, null);
        }
        long newest = operation("completed", 95, null);
        long failed = operation("failed", 100, null);
        long cancelled = operation("cancelled", 200, null);

        int forgotten = prune(THREE_FOR_90_DAYS);

        assertThat(forgotten).isEqualTo(4);
        assertThat(left()).containsExactly(cancelled, failed, newest);
    }

    @Test
    void whatIsHeldOrRunsOrIsYoungEnoughStays() {
        long held = operation("held", 300, null);
        long running = operation("running", 300, null);
        long young = operation("completed", 89, null);
        for (int i = 0; i < 3; i++) {
            operation("completed", 0, null);
        }

        assertThat(prune(THREE_FOR_90_DAYS)).isZero();
        assertThat(left()).contains(held, running, young);
    }

    @Test
    void whatCanStillBeUndoneStaysHoweverShortOperationsAreToBeKept() {
        long undoable = operation("completed", 20, null);
        long old = operation("completed", 40, null);

        prune(new History.Keeping(Duration.ofDays(30), Duration.ofDays(1), 0));

        assertThat(left()).contains(undoable).doesNotContain(old);
    }

    @Test
    void anUndoneOperationStaysAsLongAsTheOneThatTookItBack() {
        // given: an undone undo, the last of them young; and an old pair
        long undone = operation("undone", 120, null);
        long undo = operation("undone", 119, undone);
        long again = operation("completed", 10, undo);
        long old = operation("undone", 120, null);
        operation("completed", 119, old);
        for (int i = 0; i < 3; i++) {
            operation("completed", 0, null);
        }

        // when
        int forgotten = prune(THREE_FOR_90_DAYS);

        // then
        assertThat(forgotten).isEqualTo(2);
        assertThat(left()).contains(undone, undo, again);
    }

    @Test
    void whatUndoingNeedsGoesEarlierThanTheOperation() throws Exception {
        // given
        stage.write("a.jpg", "a");
        stage.sync();
        stage.move("a.jpg", "b.jpg");
        long moved = stage.sync().id();
        stage.admin
                .sql("update sync_operations set end_time = now() - interval '40 days'")
                .update();

        // when
        prune(THREE_FOR_90_DAYS);

        // then
        assertThat(left()).contains(moved);
        assertThat(
                        stage.admin
                                .sql("select count(*) from sync_journal where operation_id = :id")
                                .param("id", moved)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private int prune(History.Keeping keeping) {
        return new History(stage.jdbc).prune(stage.id, keeping);
    }

    private List<Long> left() {
        return new Operations(stage.admin)
                .list(stage.id, null, 100).stream().map(Operations.Operation::id).toList();
    }

    private long operation(String status, int daysAgo, @Nullable Long undoes) {
        return stage.admin
                .sql(
                        """
                        insert into sync_operations (repository_id, operation_type, scan_generation, status, undoes,
                            start_time, end_time)
                        values (:id, :type, 0, :status, :undoes::bigint, now() - make_interval(days => :days),
                            case when :status <> 'running' then now() - make_interval(days => :days) end)
                        returning operation_id
                        """)
                .param("id", stage.id)
                .param("type", undoes == null ? "reconciliation" : "undo")
                .param("status", status)
                .param("undoes", undoes)
                .param("days", daysAgo)
                .query(Long.class)
                .single();
    }
}
