package dev.darkroom.inference.runtime;

import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.ModelRefused;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model that is loaded when it is first needed and given back when nobody has needed it for a
/// while. While one thread loads it, the others wait for that one.
///
/// @param <T> what is loaded; closed by nobody else
public final class Idle<T extends Idle.Resource> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Idle.class);
    private static final Duration REFUSAL_STANDS = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Keeping keeping;
    private final Supplier<String> id;
    private final Supplier<T> loading;

    private @Nullable T loaded;
    private volatile @Nullable ModelInfo known;
    private @Nullable ModelRefused refusal;
    private long refusedAt;
    private long lastUse;
    private int users;
    private volatile @Nullable Future<?> looking;
    private boolean closed;

    /// Loads nothing yet.
    ///
    /// @param id of what loading would load now; asked again and again, so it must be cheap
    public Idle(Keeping keeping, Supplier<String> id, Supplier<T> loading) {
        this.keeping = keeping;
        this.id = id;
        this.loading = loading;
    }

    /// How long it stays.
    ///
    /// @param name for messages
    /// @param idle after its last use
    /// @param forEver never given back before [#close()]
    public record Keeping(
            String name, Duration idle, boolean forEver, ScheduledExecutorService clock) {}

    /// What holds native memory.
    public interface Resource extends AutoCloseable {
        ModelInfo info();

        @Override
        void close();
    }

    /// Uses it, loading it first if need be; it stays for as long as the work takes.
    public <R> R with(Function<? super T, R> work) {
        T resource = take();
        try {
            return work.apply(resource);
        } finally {
            giveBack();
        }
    }

    /// What is known about it; loads it only if it never was, or if its files have changed. Who
    /// asks this wants to know how it is now: a refusal from before does not stand.
    public ModelInfo info() {
        ModelInfo before = known;
        if (before != null && before.id().equals(id.get())) {
            return before;
        }
        forgetRefusal();
        return with(Resource::info);
    }

    private void forgetRefusal() {
        lock.lock();
        try {
            refusal = null;
        } finally {
            lock.unlock();
        }
    }

    /// Whether it is in memory now.
    public boolean isLoaded() {
        lock.lock();
        try {
            return loaded != null;
        } finally {
            lock.unlock();
        }
    }

    private T take() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(keeping.name() + " is closed");
            }
            T resource = loaded;
            if (resource == null) {
                resource = load();
                loaded = resource;
            }
            users++;
            return resource;
        } finally {
            lock.unlock();
        }
    }

    /// A model that was refused is not loaded again for every picture that waits.
    private T load() {
        ModelRefused standing = refusal;
        if (standing != null && System.nanoTime() - refusedAt < REFUSAL_STANDS.toNanos()) {
            throw new ModelRefused(String.valueOf(standing.getMessage()), standing);
        }
        try {
            T resource = loading.get();
            refusal = null;
            known = resource.info();
            return resource;
        } catch (ModelRefused e) {
            refusal = e;
            refusedAt = System.nanoTime();
            throw e;
        }
    }

    private void giveBack() {
        lock.lock();
        try {
            users--;
            lastUse = System.nanoTime();
            if (closed) {
                unloadIfUnused();
            } else if (!keeping.forEver() && looking == null) {
                look(keeping.idle().toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private void look(long inNanos) {
        looking = keeping.clock().schedule(this::unloadWhenIdle, inNanos, TimeUnit.NANOSECONDS);
    }

    /// Never waits: the clock's thread also ends what runs too long.
    private void unloadWhenIdle() {
        if (!lock.tryLock()) {
            look(keeping.idle().toNanos());
            return;
        }
        try {
            long left = keeping.idle().toNanos() - (System.nanoTime() - lastUse);
            if (users > 0 || left > 0) {
                look(Math.max(left, TimeUnit.MILLISECONDS.toNanos(10)));
                return;
            }
            looking = null;
            unloadIfUnused();
        } finally {
            lock.unlock();
        }
    }

    private void unloadIfUnused() {
        T resource = loaded;
        if (resource != null && users == 0) {
            loaded = null;
            resource.close();
            log.atInfo().addKeyValue("model", keeping.name()).log("Model given back");
        }
    }

    /// Gives it back now, or when the last one who uses it is done.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Future<?> next = looking;
            if (next != null) {
                next.cancel(false);
            }
            unloadIfUnused();
        } finally {
            lock.unlock();
        }
    }
}
