package dev.darkroom.sync.cdc;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.StreamEvent;
import dev.darkroom.schema.Topic;
import dev.darkroom.sync.cdc.repair.Reconciler;
import dev.darkroom.sync.cdc.repair.ReconcilerProperties;
import dev.darkroom.sync.cdc.repair.ReconcilerStatus;
import dev.darkroom.sync.cdc.repair.Reemission;
import dev.darkroom.sync.cdc.repair.SlotWatch;
import dev.darkroom.sync.cdc.repair.StreamDesk;
import dev.darkroom.sync.cdc.repair.StreamGaps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// An instance with all that mends it, put together as the service does, and in more of a hurry.
record MendedStream(
        StreamHouse house,
        ChangeStreams stream,
        Reconciler reconciler,
        SlotWatch watch,
        StreamDesk desk)
        implements AutoCloseable {
    private static final ReconcilerProperties HURRIED =
            new ReconcilerProperties(true, 1, 500, Duration.ofMillis(100));

    static MendedStream of(StreamHouse house, OnLostSlot onLostSlot) {
        return of(house, onLostSlot, HURRIED);
    }

    static MendedStream of(
            StreamHouse house, OnLostSlot onLostSlot, ReconcilerProperties settings) {
        Reemission reemission = new Reemission();
        StreamGaps gaps = new StreamGaps(house.kafka(), StreamHouse.login(Role.CDC), onLostSlot);
        ChangeStreams stream =
                new ChangeStreams(
                        StreamHouse.settings(CdcProperties.defaults().maxRecordSize(), onLostSlot),
                        house.kafka(),
                        house.address(),
                        StreamHouse.login(Role.CDC),
                        reemission,
                        gaps);
        Reconciler reconciler =
                new Reconciler(
                        settings,
                        house.kafka(),
                        house.address(),
                        StreamHouse.login(Role.CDC),
                        stream,
                        reemission,
                        gaps);
        SlotWatch watch = new SlotWatch(house.address(), StreamHouse.login(Role.CDC));
        return new MendedStream(
                house, stream, reconciler, watch, new StreamDesk(stream, watch, reconciler, gaps));
    }

    MendedStream start() {
        stream.start();
        reconciler.start();
        return this;
    }

    ReconcilerStatus status() {
        return reconciler.status();
    }

    /// Waits for whole rounds through all tables that begin from now on.
    void awaitRounds(int count) throws Exception {
        long goal = status().rounds() + count + 1;
        awaitTrue("rounds", () -> status().rounds() >= goal);
    }

    private void awaitTrue(String what, Callable<Boolean> condition) throws Exception {
        try {
            StreamHouse.await(what, condition);
        } catch (AssertionError e) {
            throw new AssertionError(desk.status().toString(), e);
        }
    }

    /// What was told of the streams so far, in no particular order.
    List<StreamEvent> told() throws Exception {
        List<StreamEvent> told = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                house.records(Topic.STREAM_CHANGED.wireName())) {
            told.add((StreamEvent) new EventCodec().decode(record));
        }
        return told;
    }

    /// Waits for an event of this kind.
    <E extends StreamEvent> E awaitTold(Class<E> kind) throws Exception {
        awaitTrue(kind.getSimpleName(), () -> told().stream().anyMatch(kind::isInstance));
        return told().stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        reconciler.stop();
        stream.stop();
    }
}
