package dev.darkroom.sync.cdc.repair;

import dev.darkroom.sync.cdc.ChangeStreams;
import dev.darkroom.sync.cdc.StreamState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// The change streams as metrics, all named `darkroom.stream.…` and `darkroom.reconciler.…`.
public final class StreamMetrics implements MeterBinder {
    private final ChangeStreams streams;
    private final SlotWatch watch;
    private final Reconciler reconciler;

    public StreamMetrics(ChangeStreams streams, SlotWatch watch, Reconciler reconciler) {
        this.streams = streams;
        this.watch = watch;
        this.reconciler = reconciler;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("darkroom.stream.leading", streams, StreamMetrics::leading)
                .description("1 where the stream is published, 0 elsewhere")
                .register(registry);
        FunctionCounter.builder("darkroom.stream.records", streams, ChangeStreams::recordsPublished)
                .description("Records that Kafka acknowledged")
                .register(registry);
        slot(registry, "lag", "Log that is not confirmed yet", SlotStatus::lagBytes);
        slot(registry, "retained", "Log that the slot keeps", SlotStatus::retainedBytes);
        slot(
                registry,
                "limit",
                "Log that the slot may keep, 0 for no limit",
                slot -> slot.limitBytes() == null ? 0 : slot.limitBytes());
        Gauge.builder("darkroom.stream.alarm", watch, StreamMetrics::alarm)
                .description("0 none, 1 half of the log is used, 2 over the limit, 3 lost")
                .register(registry);
        reconciler(registry, "differing", "Rows that differ now", ReconcilerStatus::differing);
        reconciler(registry, "rounds", "Rounds through all tables", ReconcilerStatus::rounds);
        reconciler(registry, "compared", "Rows compared", ReconcilerStatus::rowsCompared);
        reconciler(registry, "known", "Rows whose digest is held", ReconcilerStatus::rowsKnown);
        reconciler(registry, "memory", "Bytes the digests take", ReconcilerStatus::memoryBytes);
        reconciler(registry, "behind", "Records not read yet", ReconcilerStatus::recordsBehind);
        reconciler(
                registry,
                "republished",
                "Rows and deletes published again",
                status -> status.rowsRepublished() + status.deletesRepublished());
    }

    private void slot(
            MeterRegistry registry,
            String name,
            String description,
            ToLongFunction<SlotStatus> value) {
        ToDoubleFunction<SlotWatch> gauge =
                slot -> slot.last().map(status -> (double) value.applyAsLong(status)).orElse(0.0);
        Gauge.builder("darkroom.stream." + name, watch, gauge)
                .baseUnit("bytes")
                .description(description)
                .register(registry);
    }

    private void reconciler(
            MeterRegistry registry,
            String name,
            String description,
            ToLongFunction<ReconcilerStatus> value) {
        Gauge.builder(
                        "darkroom.reconciler." + name,
                        reconciler,
                        one -> value.applyAsLong(one.status()))
                .description(description)
                .register(registry);
    }

    private static double leading(ChangeStreams streams) {
        return streams.state() instanceof StreamState.Leading ? 1 : 0;
    }

    private static double alarm(SlotWatch watch) {
        return watch.last().map(status -> status.alarm().level()).orElse(0);
    }
}
