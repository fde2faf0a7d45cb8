package dev.darkroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LaneExecutorTest {
    @Test
    void servesTheUrgentLaneFirstAndStarvesNone() {
        // given
        List<Lane> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch gate = new CountDownLatch(1);
        try (LaneExecutor executor = new LaneExecutor("test", 1)) {
            var _ = executor.submit(Lane.BACKFILL, () -> await(gate));
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (Lane lane : List.of(Lane.BACKFILL, Lane.BULK, Lane.INTERACTIVE)) {
                for (int i = 0; i < 20; i++) {
                    all.add(executor.submit(lane, () -> order.add(lane)));
                }
            }

            // when
            gate.countDown();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        }

        // then
        assertThat(order.subList(0, 8)).containsOnly(Lane.INTERACTIVE);
        assertThat(order.subList(0, 24)).contains(Lane.BULK, Lane.BACKFILL);
        assertThat(order).hasSize(60);
    }

    @Test
    void anErrorFailsItsOwnWorkOnly() {
        try (LaneExecutor executor = new LaneExecutor("test", 1)) {
            // when
            CompletableFuture<String> bad =
                    executor.submit(
                            Lane.BULK,
                            () -> {
                                throw new StackOverflowError();
                            });
            CompletableFuture<String> good = executor.submit(Lane.BULK, () -> "fine");

            // then
            assertThat(good.join()).isEqualTo("fine");
            assertThat(bad).isCompletedExceptionally();
        }
    }

    private static boolean await(CountDownLatch gate) throws InterruptedException {
        gate.await();
        return true;
    }
}
