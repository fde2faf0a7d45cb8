package dev.darkroom.media;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One place in the pool: a thread that keeps one child running and gives it the calls in the order
/// they came.
///
/// The thread does the pipe's blocking reads, so that callers, virtual or not, only wait on a
/// future.
final class ChildSlot implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildSlot.class);
    private static final long LOOK_AFTER_CHILD_SECONDS = 1;

    /// Children that one call may lose to somebody outside: an operator who kills them all does not
    /// mean the file, but the system that wants its memory back may.
    private static final int MOST_KILLED = 2;

    private final MediaOptions options;
    private final Lane lane;
    private final Nursery nursery;
    private final Thread thread;
    private @Nullable Call inHand;
    private int killed;
    private boolean lostOne;
    private volatile @Nullable ChildProcess current;
    private volatile boolean stopped;
    private boolean left;

    /// @param name of its thread
    ChildSlot(MediaOptions options, Lane lane, Nursery nursery, String name) {
        this.options = options;
        this.lane = lane;
        this.nursery = nursery;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!left && !Thread.currentThread().isInterrupted()) {
                keepOneChild();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the pool is closing
        } finally {
            if (inHand != null) {
                inHand.reply()
                        .completeExceptionally(
                                new IllegalStateException("the media pool was closed"));
            }
        }
    }

    /// Kills the child, so that the thread which reads its pipe wakes up.
    void stop() {
        stopped = true;
        thread.interrupt();
        ChildProcess child = current;
        if (child != null) {
            child.kill();
        }
    }

    /// Waits for the end after [#stop()].
    void await() {
        Children.await(thread);
    }

    private void keepOneChild() throws InterruptedException {
        try (ChildProcess child = nursery.next()) {
            current = child;
            if (stopped) {
                throw new InterruptedException("the pool is closing");
            }
            lane.isReady(child.ready());
            if (lostOne) {
                lostOne = false;
                nursery.order(true);
            }
            serve(child);
        } catch (MediaChildLost e) {
            LOG.atError().setCause(e).log("Media child could not be started");
            lane.hasNoChild(e);
            // Every call tries once more; without one there is no use in trying.
            Call call = inHand != null ? inHand : lane.next();
            inHand = null;
            call.reply()
                    .completeExceptionally(
                            new MediaChildLost(
                                    e.kind(), call.subject() + ": " + e.getMessage(), e));
        }
    }

    /// Serves until this child is lost, or worn out and another one is warm.
    private void serve(ChildProcess child) throws InterruptedException {
        for (int served = 0; !mayGo(child, served); served++) {
            Call call = next(child);
            if (call == null) {
                if (!left) {
                    sayThatItEnded(child);
                }
                return;
            }
            try {
                call.reply().complete(child.ask(call.request(), call.subject()));
                inHand = null;
            } catch (ChildProcess.NeverHeard e) {
                sayThatItEnded(child); // the next child gets the call
                return;
            } catch (ChildProcess.KilledFromOutside e) {
                if (killed < MOST_KILLED) {
                    killed++;
                    say(child, e.loss()); // the next child gets the call
                } else {
                    fail(call, child, e.loss());
                }
                return;
            } catch (MediaChildLost e) {
                fail(call, child, e);
                return;
            }
            killed = 0;
        }
    }

    private void fail(Call call, ChildProcess child, MediaChildLost loss) {
        inHand = null;
        killed = 0;
        lostOne = true;
        call.reply().completeExceptionally(loss);
        say(child, loss);
    }

    private static void say(ChildProcess child, MediaChildLost loss) {
        LOG.atWarn()
                .addKeyValue("pid", child.pid())
                .addKeyValue("kind", loss.kind())
                .addKeyValue("reason", loss.getMessage())
                .log("Media child was lost and is replaced");
    }

    private static void sayThatItEnded(ChildProcess child) {
        LOG.atWarn().addKeyValue("pid", child.pid()).log("Media child ended while it was idle");
    }

    /// A worn-out child works on while its successor warms up.
    private boolean mayGo(ChildProcess child, int served) {
        if (served < options.recycleAfter() && child.privateBytes() <= options.grownBytes()) {
            return false;
        }
        if (nursery.hasReserve()) {
            return true;
        }
        nursery.order(false);
        return false;
    }

    private @Nullable Call next(ChildProcess child) throws InterruptedException {
        long since = System.nanoTime();
        while (true) {
            Call call = inHand != null ? inHand : lane.next(LOOK_AFTER_CHILD_SECONDS);
            if (call != null && call.isAbandoned()) {
                inHand = null;
                continue;
            }
            inHand = call;
            if (!child.isAlive()) {
                return null; // the call in hand goes to the next child: it is not to blame
            }
            if (call != null) {
                return call;
            }
            if (lane.letGo(this, Duration.ofNanos(System.nanoTime() - since))) {
                left = true;
                return null;
            }
        }
    }
}
