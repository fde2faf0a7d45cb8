package dev.darkroom.sync.cdc.repair;

import dev.darkroom.sync.cdc.ChangeStreams;
import dev.darkroom.sync.cdc.StreamState;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers operators on one instance.
public final class StreamDesk implements StreamOperations {
    private static final Logger log = LoggerFactory.getLogger(StreamDesk.class);

    private final ChangeStreams streams;
    private final SlotWatch watch;
    private final Reconciler reconciler;
    private final StreamGaps gaps;

    public StreamDesk(
            ChangeStreams streams, SlotWatch watch, Reconciler reconciler, StreamGaps gaps) {
        this.streams = streams;
        this.watch = watch;
        this.reconciler = reconciler;
        this.gaps = gaps;
    }

    @Override
    public StreamStatus status() {
        SlotStatus slot = look();
        StreamState state = streams.state();
        return new StreamStatus(
                role(state),
                detail(state),
                streams.recordsPublished(),
                slot,
                slot == null ? null : slot.alarm(),
                reconciler.status());
    }

    private @Nullable SlotStatus look() {
        try {
            return watch.look();
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("PostgreSQL did not say how the slot stands");
            return null;
        }
    }

    private static String role(StreamState state) {
        return switch (state) {
            case StreamState.Leading _ -> "leading";
            case StreamState.Standby _ -> "standby";
            case StreamState.Stopped _ -> "stopped";
        };
    }

    private static String detail(StreamState state) {
        return switch (state) {
            case StreamState.Leading leading ->
                    "since " + leading.since().truncatedTo(ChronoUnit.SECONDS);
            case StreamState.Standby standby -> standby.reason();
            case StreamState.Stopped stopped -> stopped.reason();
        };
    }

    @Override
    public synchronized String repair() {
        return switch (streams.state()) {
            case StreamState.Leading _ -> {
                reconciler.hurry();
                yield "comparing all tables with their topics, and publishing what differs";
            }
            case StreamState.Stopped _ -> {
                gaps.allowOnce();
                streams.stop();
                streams.start();
                yield "going on with a new slot, and publishing what differs";
            }
            case StreamState.Standby standby ->
                    throw new NotHere("this instance does not lead: " + standby.reason());
        };
    }
}
