package dev.darkroom.media;

import dev.darkroom.media.wire.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Children with the same duty, and the queue in front of them.
final class Lane implements AutoCloseable {

    private static final Duration KEEP_IDLE = Duration.ofMinutes(5);

    private final MediaOptions options;
    private final Duty duty;
    private final Nursery nursery;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final CompletableFuture<Reply.Ready> firstReady = new CompletableFuture<>();
    private final List<ChildSlot> slots = new ArrayList<>();
    private int most;
    private int asking;
    private int opened;
    private boolean closed;

    Lane(MediaOptions options, Duty duty, Cradle cradle, ScheduledExecutorService clock) {
        this.options = options;
        this.duty = duty;
        this.nursery = new Nursery(options, duty, cradle, clock);
    }

    /// So many children at once from now on, unless there may be more already.
    synchronized void allow(int processes) {
        most = Math.max(most, processes);
        if (duty.isAlwaysThere()) {
            growTo(most);
        }
    }

    /// Puts a call behind all others, and waits for its reply.
    Reply ask(Call call) throws MediaChildLost, InterruptedException {
        synchronized (this) {
            asking++;
            growTo(Math.min(most, asking));
        }
        try {
            calls.add(call);
            return call.await();
        } finally {
            synchronized (this) {
                asking--;
            }
        }
    }

    private synchronized void growTo(int children) {
        while (!closed && slots.size() < children) {
            opened++;
            ChildSlot slot =
                    new ChildSlot(options, this, nursery, duty.label() + "-slot-" + opened);
            slots.add(slot);
            slot.start();
        }
    }

    /// Waits for what the first child says about itself.
    Reply.Ready firstReady() throws ExecutionException, InterruptedException {
        if (!firstReady.isDone()) {
            growTo(1);
        }
        return firstReady.get();
    }

    void isReady(Reply.Ready child) {
        firstReady.complete(child);
    }

    void hasNoChild(MediaChildLost reason) {
        firstReady.completeExceptionally(reason);
    }

    /// Waits for the next call, for so long; null when there is none.
    @Nullable Call next(long seconds) throws InterruptedException {
        return calls.poll(seconds, TimeUnit.SECONDS);
    }

    Call next() throws InterruptedException {
        return calls.take();
    }

    /// Whether the slot is over, as nobody has wanted its child for so long.
    synchronized boolean letGo(ChildSlot slot, Duration idle) {
        if (duty.isAlwaysThere() || asking > 0 || idle.compareTo(KEEP_IDLE) < 0) {
            return false;
        }
        slots.remove(slot);
        return true;
    }

    /// Kills the children and fails the calls that they have in hand.
    @Override
    public void close() {
        List<ChildSlot> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(slots);
        }
        last.forEach(ChildSlot::stop);
        last.forEach(ChildSlot::await);
        nursery.close();
        firstReady.completeExceptionally(new IllegalStateException("the media pool is closed"));
    }
}
