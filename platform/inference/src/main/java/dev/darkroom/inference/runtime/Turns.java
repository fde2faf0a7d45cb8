package dev.darkroom.inference.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.darkroom.inference.InferenceFailed;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many graphs run at the same time, and for how long each may.
///
/// A run happens in the thread that asks, on one processor. Who asks while all turns are taken
/// waits; the deadline counts from when it is its turn.
public final class Turns {
    private final Semaphore free;
    private final Duration deadline;
    private final ScheduledExecutorService clock;

    public Turns(int callers, Duration deadline, ScheduledExecutorService clock) {
        this.free = new Semaphore(callers);
        this.deadline = deadline;
        this.clock = clock;
    }

    /// Takes what a run gave out of native memory, before that is given back.
    public interface Reading<T> {
        T read(OrtSession.Result result) throws OrtException;
    }

    /// Runs the graph for its named outputs.
    public <T> T run(
            Graph graph, Map<String, OnnxTensor> inputs, Set<String> outputs, Reading<T> reading) {
        await();
        try {
            return timed(graph, inputs, outputs, reading);
        } finally {
            free.release();
        }
    }

    private <T> T timed(
            Graph graph, Map<String, OnnxTensor> inputs, Set<String> outputs, Reading<T> reading) {
        Alarm alarm = null;
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            alarm = new Alarm(options);
            Future<?> ringing = clock.schedule(alarm, deadline.toNanos(), TimeUnit.NANOSECONDS);
            try (OrtSession.Result result = graph.session().run(inputs, outputs, options)) {
                return reading.read(result);
            } finally {
                ringing.cancel(false);
                alarm.disarm();
            }
        } catch (OrtException e) {
            if (alarm != null && alarm.rang()) {
                throw new InferenceFailed(
                        "%s was stopped after %s: give it more time or a smaller model"
                                .formatted(graph.file(), deadline),
                        true,
                        e);
            }
            throw new InferenceFailed(graph.file() + " failed: " + e.getMessage(), false, e);
        }
    }

    private void await() {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled =
                    new CancellationException("interrupted while waiting for a turn");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    /// Stops a run; never touches the options once they are given back.
    private static final class Alarm implements Runnable {
        private final OrtSession.RunOptions options;
        private boolean armed = true;
        private boolean rang;

        Alarm(OrtSession.RunOptions options) {
            this.options = options;
        }

        @Override
        public synchronized void run() {
            if (!armed) {
                return;
            }
            try {
                options.setTerminate(true);
                rang = true;
            } catch (OrtException e) {
                throw new IllegalStateException("a run cannot be stopped", e);
            }
        }

        synchronized void disarm() {
            armed = false;
        }

        synchronized boolean rang() {
            return rang;
        }
    }
}
