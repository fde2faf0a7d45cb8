package dev.darkroom.embedding.model;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the user's models that cannot be used, until they can, and tells of every change. In a
/// thread of its own: looking may mean fetching gigabytes.
public final class ModelWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelWatch.class);

    private final List<UserModel> models;
    private final Capabilities capabilities;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("model-watch").factory());

    public ModelWatch(List<UserModel> models, Capabilities capabilities) {
        this.models = List.copyOf(models);
        this.capabilities = capabilities;
    }

    public void start(Duration every) {
        Future<?> _ =
                clock.scheduleWithFixedDelay(
                        this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whatever goes wrong, it looks again: what is thrown from here would end that.
    private void look() {
        for (UserModel model : models) {
            if (!(model.standing() instanceof Standing.Usable)) {
                model.look();
            }
        }
        try {
            capabilities.report();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Capabilities could not be reported; tried again");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
