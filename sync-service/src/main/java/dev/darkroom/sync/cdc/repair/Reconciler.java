package dev.darkroom.sync.cdc.repair;

import dev.darkroom.database.CaptureSlot;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.StreamDiverged;
import dev.darkroom.schema.StreamRepaired;
import dev.darkroom.schema.StreamRestored;
import dev.darkroom.schema.Table;
import dev.darkroom.sync.cdc.ChangeStreams;
import dev.darkroom.sync.cdc.StreamState;
import dev.darkroom.sync.cdc.repair.Difference.Kind;
import dev.darkroom.sync.cdc.row.TableShape;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Compares every published table with its topic, round after round, and mends what differs. It
/// works where the stream leads, in one thread that is held at a share of a processor.
///
/// A difference is told (`stream.diverged.v1`), the rows are published once more at their place in
/// the log, looked at again, and then told as repaired (`stream.repaired.v1`). After a lost slot
/// the first round goes as fast as it can, and its end is told as `stream.restored.v1`.
public final class Reconciler implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ReconcilerProperties settings;
    private final KafkaProperties kafka;
    private final DatabaseAddress address;
    private final Login login;
    private final ChangeStreams streams;
    private final Reemission reemission;
    private final StreamGaps gaps;
    private final StreamIncidents incidents;
    private final Tally tally = new Tally();
    private final Semaphore wanted = new Semaphore(0);
    private @Nullable TopicFollower follower;
    private volatile @Nullable Thread thread;

    /// @param login of the role `darkroom_cdc`
    public Reconciler(
            ReconcilerProperties settings,
            KafkaProperties kafka,
            DatabaseAddress address,
            Login login,
            ChangeStreams streams,
            Reemission reemission,
            StreamGaps gaps) {
        this.settings = settings;
        this.kafka = kafka;
        this.address = address;
        this.login = login;
        this.streams = streams;
        this.reemission = reemission;
        this.gaps = gaps;
        this.incidents = new StreamIncidents(kafka);
    }

    /// What it knows now.
    public ReconcilerStatus status() {
        return tally.status();
    }

    /// Begins a round at once, as fast as it can, where this instance leads.
    void hurry() {
        wanted.release();
    }

    @Override
    public synchronized void start() {
        if (thread == null && settings.enabled()) {
            thread = Thread.ofPlatform().name("cdc-reconciler").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            while (true) {
                awaitLead();
                try {
                    reconcile();
                } catch (SQLException | PublishedRows.StreamBehind e) {
                    failed(e);
                } catch (RuntimeException e) {
                    if (e instanceof InterruptException) {
                        throw e;
                    }
                    failed(e);
                    forget();
                }
            }
        } catch (InterruptedException | InterruptException e) {
            tally.doing("stopped");
        } finally {
            // A consumer may not be closed by an interrupted thread.
            var _ = Thread.interrupted();
            forget();
        }
    }

    /// It is in the way of nothing, and tries again.
    private void failed(Exception e) throws InterruptedException {
        tally.failed(e);
        log.atWarn().setCause(e).log("tables and topics could not be compared");
        Thread.sleep(LOOK);
    }

    private void awaitLead() throws InterruptedException {
        while (!leads()) {
            tally.doing("waiting for this instance to lead");
            Thread.sleep(LOOK);
        }
    }

    private boolean leads() {
        return streams.state() instanceof StreamState.Leading;
    }

    private void reconcile() throws SQLException, InterruptedException {
        Throttle throttle = new Throttle(settings.cpuShare());
        TopicFollower follower = follower();
        try (TableReader reader = TableReader.open(address, login)) {
            PublishedRows stream = new PublishedRows(reader, follower, streams::lastLsn, throttle);
            Comparison comparison =
                    new Comparison(
                            kafka,
                            reader,
                            follower,
                            stream,
                            throttle,
                            settings.chunkRows(),
                            tally::compared);
            Session session = new Session(reader, follower, stream, throttle, comparison);
            Optional<UUID> loss = incidents.unfinishedLoss();
            if (loss.isPresent()) {
                restore(session, loss.get());
            }
            while (leads()) {
                round(session);
                rest(session);
            }
        }
    }

    /// What it knows of the topics stays right whatever happens to the database.
    private TopicFollower follower() {
        TopicFollower known = follower;
        if (known == null) {
            known = new TopicFollower(kafka);
            follower = known;
            known.start();
        }
        return known;
    }

    private void forget() {
        TopicFollower known = follower;
        follower = null;
        if (known != null) {
            known.close();
        }
    }

    /// What one connection to both ends is used through.
    private record Session(
            TableReader reader,
            TopicFollower follower,
            PublishedRows stream,
            Throttle throttle,
            Comparison comparison) {}

    private void restore(Session session, UUID loss) throws SQLException, InterruptedException {
        tally.doing("restoring the streams");
        session.throttle().setShare(1);
        if (gaps.eventsAgain() == 0) {
            gaps.publishOutbox(address);
        }
        long rows = tally.rowsRepublished();
        long deletes = tally.deletesRepublished();
        if (!round(session)) {
            return;
        }
        incidents.tell(
                new StreamRestored(
                        loss,
                        CaptureSlot.NAME,
                        tally.rowsRepublished() - rows,
                        tally.deletesRepublished() - deletes,
                        gaps.eventsAgain()));
        log.atInfo().addKeyValue("incident", loss).log("the streams are restored");
        session.throttle().setShare(settings.cpuShare());
    }

    /// Follows the topics until the next round is due, or wanted at once.
    private void rest(Session session) throws InterruptedException {
        session.throttle().setShare(settings.cpuShare());
        Instant due = Instant.now().plus(settings.pause());
        tally.doing("resting");
        while (leads() && Instant.now().isBefore(due)) {
            while (session.stream().follow() > 0 && leads()) {
                tally.known(session.follower());
            }
            tally.known(session.follower());
            if (wanted.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                wanted.drainPermits();
                session.throttle().setShare(1);
                return;
            }
        }
    }

    /// Compares all tables once.
    ///
    /// @return false when this instance did not lead to the end of it
    private boolean round(Session session) throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        tally.doing("reading the topics");
        session.stream().catchUp();
        for (Table table : Table.values()) {
            boolean more = true;
            while (more) {
                if (!leads()) {
                    return false;
                }
                tally.doing("comparing " + table.tableName());
                tally.known(session.follower());
                TableShape shape = session.reader().shape(table.tableName());
                Suspects suspects = session.comparison().suspects(table, shape);
                List<Difference> differences =
                        session.comparison().differences(table, shape, suspects);
                int mended = mend(session, table, shape, differences);
                tally.differing(table, differences.size() - mended);
                more = suspects.hasMore() && !differences.isEmpty();
            }
        }
        tally.roundDone(Duration.ofNanos(System.nanoTime() - begun));
        return true;
    }

    /// Publishes what differs, and looks again.
    ///
    /// @return how many rows agree now
    private int mend(Session session, Table table, TableShape shape, List<Difference> differences)
            throws SQLException, InterruptedException {
        if (differences.isEmpty()) {
            return 0;
        }
        tally.doing("repairing " + table.changeTopic());
        tally.differing(table, differences.size());
        UUID incident = UUID.randomUUID();
        StreamDiverged diverged = diverged(incident, table, differences);
        log.atError()
                .addKeyValue("table", table.tableName())
                .addKeyValue("missing", diverged.missing())
                .addKeyValue("outdated", diverged.outdated())
                .addKeyValue("surplus", diverged.surplus())
                .addKeyValue("keys", diverged.keys())
                .log("a table and its topic differ, the rows are published again");
        incidents.tell(diverged);
        Repair repair = new Repair(reemission, session.reader(), session.throttle());
        Repair.Done done =
                repair.publish(shape, differences.stream().map(Difference::row).toList());
        tally.republished(done.rows(), done.deletes());
        int left =
                session.comparison()
                        .differing(
                                table, shape, differences.stream().map(d -> d.row().key()).toList())
                        .size();
        if (left == 0) {
            incidents.tell(
                    new StreamRepaired(incident, table.changeTopic(), done.rows(), done.deletes()));
            log.atInfo()
                    .addKeyValue("table", table.tableName())
                    .addKeyValue("rows", done.rows())
                    .addKeyValue("deletes", done.deletes())
                    .log("a table and its topic agree again");
        }
        return differences.size() - left;
    }

    private static StreamDiverged diverged(
            UUID incident, Table table, List<Difference> differences) {
        return new StreamDiverged(
                incident,
                table.changeTopic(),
                count(differences, Kind.MISSING),
                count(differences, Kind.OUTDATED),
                count(differences, Kind.SURPLUS),
                differences.stream().limit(10).map(d -> d.row().key().json()).toList());
    }

    private static long count(List<Difference> differences, Kind kind) {
        return differences.stream().filter(difference -> difference.kind() == kind).count();
    }
}
