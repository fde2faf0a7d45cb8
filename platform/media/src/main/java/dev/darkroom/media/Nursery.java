package dev.darkroom.media;

import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts children, and keeps one warm in reserve while files are taking children down.
///
/// A pool that meets no hostile file never pays for the reserve: the first loss orders it, and
/// after some minutes without another it is let go. It practises before it is needed, in turns with
/// the children at work, because the first pictures of a new one take many times as long.
final class Nursery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Nursery.class);
    private static final long KEEP_MINUTES = 5;

    /// Until its code is compiled, for the processor's vectors too.
    private static final int PRACTICE_PICTURES = 40;

    /// On a busy machine that takes long, and somebody worn out works on meanwhile.
    private static final Duration PRACTICE_TIME = Duration.ofSeconds(10);

    private static final RenderRequest PRACTICE =
            new RenderRequest(
                    List.of(new RenderSize("large", 1_024), new RenderSize("small", 150)), 80);

    private final MediaOptions options;
    private final Duty duty;
    private final Cradle cradle;
    private final ScheduledExecutorService clock;
    private final AtomicInteger started = new AtomicInteger();
    private @Nullable ChildProcess reserve;
    private @Nullable Thread raising;
    private boolean wanted;
    private boolean closed;

    Nursery(MediaOptions options, Duty duty, Cradle cradle, ScheduledExecutorService clock) {
        this.options = options;
        this.duty = duty;
        this.cradle = cradle;
        this.clock = clock;
    }

    /// A warm child: the reserve, also when it is still being raised, or one that is started now.
    ChildProcess next() throws MediaChildLost, InterruptedException {
        ChildProcess ready = takeReserve();
        return ready != null ? ready : start(Haste.USUAL);
    }

    private synchronized @Nullable ChildProcess takeReserve() throws InterruptedException {
        if (reserve == null && raising != null && !wanted) {
            wanted = true;
            while (reserve == null && raising != null) {
                wait();
            }
            wanted = false;
        }
        ChildProcess ready = reserve;
        reserve = null;
        if (ready == null || ready.isAlive()) {
            return ready;
        }
        ready.close();
        return null;
    }

    synchronized boolean hasReserve() {
        return reserve != null && reserve.isAlive();
    }

    /// Orders a reserve and returns at once.
    ///
    /// @param lost whether a file has just taken a child down
    synchronized void order(boolean lost) {
        if (!closed && !hasReserve() && raising == null) {
            raising = Thread.ofPlatform().daemon().name("media-nursery").start(() -> raise(lost));
        }
    }

    private void raise(boolean lost) {
        ChildProcess child = null;
        try {
            child = raised(lost);
        } catch (MediaChildLost e) {
            LOG.atWarn().setCause(e).log("A media child in reserve could not be started");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the pool is closing
        }
        @Nullable ChildProcess dead;
        synchronized (this) {
            raising = null;
            notifyAll();
            if (child == null) {
                return;
            }
            dead = closed ? child : reserve;
            if (!closed) {
                reserve = child;
                ChildProcess kept = child;
                var _ = clock.schedule(() -> letGo(kept), KEEP_MINUTES, TimeUnit.MINUTES);
            }
        }
        if (dead != null) {
            dead.close();
        }
    }

    /// One that is lost while it practises, to a tight limit, say, is replaced by one that does
    /// not.
    private ChildProcess raised(boolean lost) throws MediaChildLost, InterruptedException {
        if (!duty.needsPractice()) {
            return start(lost ? Haste.HURRIES : Haste.USUAL);
        }
        ChildProcess child = start(Haste.PRACTISES);
        try {
            practise(child);
            return child;
        } catch (MediaChildLost
                | ChildProcess.NeverHeard
                | ChildProcess.KilledFromOutside
                | IOException e) {
            LOG.atInfo().setCause(e).log("A media child was lost to its practice");
            child.close();
            return start(Haste.USUAL);
        } catch (InterruptedException e) {
            child.close();
            throw e;
        }
    }

    /// Rests as long as each picture takes.
    private void practise(ChildProcess child)
            throws MediaChildLost,
                    ChildProcess.NeverHeard,
                    ChildProcess.KilledFromOutside,
                    IOException,
                    InterruptedException {
        Request request = new Request.Render(cradle.practice(), PRACTICE);
        long start = System.nanoTime();
        for (int i = 0; i < PRACTICE_PICTURES && !isWanted(); i++) {
            long begin = System.nanoTime();
            if (begin - start > PRACTICE_TIME.toNanos()) {
                return;
            }
            Reply _ = child.ask(request, "practice");
            TimeUnit.NANOSECONDS.sleep(System.nanoTime() - begin);
        }
    }

    private synchronized boolean isWanted() {
        return wanted || closed;
    }

    private void letGo(ChildProcess child) {
        synchronized (this) {
            if (reserve != child) {
                return;
            }
            reserve = null;
        }
        // Not here, since the clock watches the other children.
        Thread.ofPlatform().daemon().name("media-nursery").start(child::close);
    }

    private ChildProcess start(Haste haste) throws MediaChildLost, InterruptedException {
        long begin = System.nanoTime();
        ChildProcess child;
        try {
            child = ChildProcess.start(options, duty, clock, cradle, name(), haste);
        } catch (MediaChildLost e) {
            if (!cradle.withoutSandbox()) {
                throw e;
            }
            LOG.atError()
                    .setCause(e)
                    .log("Media children do not start in their sandbox here and go without it");
            child = ChildProcess.start(options, duty, clock, cradle, name(), haste);
        }
        if (cradle.hasRaised()) {
            sayHowConfined(child);
        }
        LOG.atDebug()
                .addKeyValue("pid", child.pid())
                .addKeyValue("durationMs", (System.nanoTime() - begin) / 1_000_000)
                .log("Media child is ready");
        return child;
    }

    private void sayHowConfined(ChildProcess child) {
        for (String line : cradle.confinement(child.ready())) {
            LOG.atInfo()
                    .addKeyValue("confinement", line)
                    .log("Media children are confined as far as this system allows");
        }
    }

    private String name() {
        return duty.label() + "-child-" + started.incrementAndGet();
    }

    /// Starts no more; waits until the reserve has ended.
    @Override
    public void close() {
        ChildProcess kept;
        Thread busy;
        synchronized (this) {
            closed = true;
            kept = reserve;
            reserve = null;
            busy = raising;
        }
        if (busy != null) {
            busy.interrupt();
            Children.await(busy);
        }
        if (kept != null) {
            kept.close();
        }
    }
}
