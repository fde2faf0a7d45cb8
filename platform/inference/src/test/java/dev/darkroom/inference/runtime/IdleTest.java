package dev.darkroom.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleTest {
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final AtomicInteger loads = new AtomicInteger();
    private volatile String id = "thing@1";
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    private final class Thing implements Idle.Resource {
        private volatile boolean isClosed;

        Thing() {
            loads.incrementAndGet();
        }

        @Override
        public ModelInfo info() {
            return new ModelInfo(id, Role.CLIP, 1, Set.of(), "a test", Map.of(), Map.of());
        }

        @Override
        public void close() {
            isClosed = true;
            closed.countDown();
        }
    }

    @Test
    void isLoadedWhenFirstUsedAndOnlyOnceForAll() throws Exception {
        Idle<Thing> idle = idle(Duration.ofMinutes(5), false);
        assertThat(idle.isLoaded()).isFalse();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Future<Thing>> used = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                used.add(callers.submit(() -> idle.with(thing -> thing)));
            }
            Thing first = used.getFirst().get();
            for (Future<Thing> one : used) {
                assertThat(one.get()).isSameAs(first);
            }
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void isGivenBackWhenNobodyNeededItForAWhile() throws InterruptedException {
        Idle<Thing> idle = idle(Duration.ofMillis(20), false);

        idle.with(thing -> thing);

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        boolean isClosed = idle.with(thing -> thing.isClosed);
        assertThat(isClosed).isFalse();
        assertThat(loads).hasValue(2);
    }

    @Test
    void staysWhileItIsUsedHoweverLong() throws InterruptedException {
        Idle<Thing> idle = idle(Duration.ofMillis(5), false);

        boolean wasClosed =
                idle.with(
                        thing -> {
                            idle.with(inner -> inner);
                            pass(60);
                            return thing.isClosed;
                        });

        assertThat(wasClosed).isFalse();
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsKnownIsKnownWithoutLoadingAgainUnlessFilesChanged() throws InterruptedException {
        Idle<Thing> idle = idle(Duration.ofMillis(5), false);
        assertThat(idle.info().id()).isEqualTo("thing@1");
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(idle.info().id()).isEqualTo("thing@1");
        assertThat(loads).hasValue(1);

        id = "thing@2";
        assertThat(idle.info().id()).isEqualTo("thing@2");
        assertThat(loads).hasValue(2);
    }

    @Test
    void aPreloadedOneStays() {
        Idle<Thing> idle = idle(Duration.ofNanos(1), true);

        Thing thing = idle.with(one -> one);
        pass(50);

        assertThat(thing.isClosed).isFalse();
        idle.close();
        assertThat(thing.isClosed).isTrue();
    }

    @Test
    void isClosedByTheLastWhoUsesIt() {
        Idle<Thing> idle = idle(Duration.ofMinutes(5), false);

        boolean wasClosed =
                idle.with(
                        thing -> {
                            idle.close();
                            return thing.isClosed;
                        });

        assertThat(wasClosed).isFalse();
        assertThat(closed.getCount()).isZero();
        assertThatThrownBy(() -> idle.with(thing -> thing)).hasMessage("a thing is closed");
    }

    @Test
    void aRefusalStandsForAWhileInsteadOfBeingFoundOutAgain() {
        AtomicInteger tries = new AtomicInteger();
        Idle<Thing> idle =
                new Idle<>(
                        new Idle.Keeping("a thing", Duration.ofMinutes(5), false, clock),
                        () -> id,
                        () -> {
                            tries.incrementAndGet();
                            throw new ModelRefused("no");
                        });

        assertThatThrownBy(() -> idle.with(thing -> thing)).hasMessage("no");
        assertThatThrownBy(() -> idle.with(thing -> thing)).hasMessage("no");
        assertThat(tries).hasValue(1);
        assertThatThrownBy(idle::info).hasMessage("no");
        assertThat(tries).as("somebody wanted to know how it is now").hasValue(2);
    }

    private Idle<Thing> idle(Duration after, boolean forEver) {
        return new Idle<>(new Idle.Keeping("a thing", after, forEver, clock), () -> id, Thing::new);
    }

    /// Until the clock, which also gives things back, has come so far.
    private void pass(int millis) {
        try {
            assertThat(clock.schedule(() -> true, millis, TimeUnit.MILLISECONDS).get()).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
