package dev.darkroom.delivery;

import dev.darkroom.schema.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A bounded executor that takes the more urgent lane first and starves none.
///
/// While several lanes have work waiting, interactive gets 8 turns for every 2 of bulk and 1 of
/// backfill. So an upload during an import of a million files waits for one piece of work, not for
/// the import.
final class LaneExecutor implements AutoCloseable {
    private static final Map<Lane, Integer> SHARES =
            new EnumMap<>(Map.of(Lane.INTERACTIVE, 8, Lane.BULK, 2, Lane.BACKFILL, 1));

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Map<Lane, Deque<Runnable>> waiting = new EnumMap<>(Lane.class);
    private final Map<Lane, Integer> turns = new EnumMap<>(SHARES);
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    LaneExecutor(String name, int size) {
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new ArrayDeque<>());
        }
        for (int i = 0; i < size; i++) {
            threads.add(Thread.ofPlatform().name(name + "-" + i).daemon().start(this::run));
        }
    }

    /// Runs a piece of work when its lane's turn comes; what it throws fails the future.
    <T> CompletableFuture<T> submit(Lane lane, ThrowingSupplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the executor is closed");
            }
            waitingIn(lane).add(() -> complete(result, task));
            work.signal();
        } finally {
            lock.unlock();
        }
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, ThrowingSupplier<T> task) {
        try {
            result.complete(task.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(e);
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private void run() {
        while (true) {
            Runnable next = take();
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    private @Nullable Runnable take() {
        lock.lock();
        try {
            while (true) {
                Lane lane = nextLane();
                if (lane != null) {
                    return waitingIn(lane).remove();
                }
                if (closed) {
                    return null;
                }
                work.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// The most urgent lane that has work and turns left; when all such have used theirs, everyone
    /// gets new ones.
    private @Nullable Lane nextLane() {
        for (int round = 0; round < 2; round++) {
            for (Lane lane : Lane.values()) {
                int left = turns.getOrDefault(lane, 0);
                if (left > 0 && !waitingIn(lane).isEmpty()) {
                    turns.put(lane, left - 1);
                    return lane;
                }
            }
            turns.putAll(SHARES);
        }
        return null;
    }

    private Deque<Runnable> waitingIn(Lane lane) {
        Deque<Runnable> queue = waiting.get(lane);
        if (queue == null) {
            throw new IllegalStateException("no such lane: " + lane);
        }
        return queue;
    }

    /// Lets running work end and interrupts what waits.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        threads.forEach(Thread::interrupt);
    }

    /// A piece of work that may fail.
    @FunctionalInterface
    interface ThrowingSupplier<T> {
        T get() throws Exception;
    }
}
