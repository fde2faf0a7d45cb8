package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.delivery.KafkaProperties;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The change streams of this instance: leads when no other instance does, and starts again after
/// every failure that may pass.
///
/// The position is kept by PostgreSQL's replication slot alone, and moves only behind what Kafka
/// acknowledged. So whatever dies, whenever, changes come at least once and none is missed; a
/// change that comes twice has the same table, key and LSN.
public final class ChangeStreams implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ChangeStreams.class);
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(10);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(3);

    private final CdcProperties settings;
    private final KafkaProperties kafka;
    private final DatabaseAddress address;
    private final Login login;
    private final LogMessageHandler messages;
    private final Progress progress = new Progress();
    private volatile StreamState state = new StreamState.Standby("not started");
    private volatile @Nullable Thread thread;
    private volatile CountDownLatch attempted = new CountDownLatch(1);

    /// @param login of the role `darkroom_cdc`
    public ChangeStreams(
            CdcProperties settings, KafkaProperties kafka, DatabaseAddress address, Login login) {
        this(settings, kafka, address, login, _ -> List.of());
    }

    /// @param login of the role `darkroom_cdc`
    /// @param messages hears Darkroom's own messages in the log
    public ChangeStreams(
            CdcProperties settings,
            KafkaProperties kafka,
            DatabaseAddress address,
            Login login,
            LogMessageHandler messages) {
        this.settings = settings;
        this.kafka = kafka;
        this.address = address;
        this.login = login;
        this.messages = messages;
    }

    /// What this instance is doing now.
    public StreamState state() {
        return state;
    }

    /// How many records Kafka has acknowledged from this instance.
    public long recordsPublished() {
        return progress.recordsPublished();
    }

    /// The log sequence number up to which this instance has published, 0 before the first.
    public long lastLsn() {
        return progress.lastLsn();
    }

    /// Starts in the background, and waits a moment for the first attempt: services that start
    /// after this one write only once the slot exists.
    @Override
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        attempted = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("change-streams").start(this::run);
        try {
            if (!attempted.await(FIRST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn().addKeyValue("state", state).log("change streams still starting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            running.join(Duration.ofSeconds(30));
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
        Backoff backoff = new Backoff(settings.minBackoff(), settings.maxBackoff());
        try {
            while (true) {
                Instant begun = Instant.now();
                try (Leadership leadership = Leadership.connect(address, login)) {
                    awaitLeadership(leadership);
                    begun = Instant.now();
                    lead(leadership);
                } catch (SQLException | RuntimeException e) {
                    if (e instanceof StreamLost lost) {
                        throw lost;
                    }
                    log.atWarn().setCause(e).log("change stream failed, starting again");
                    enter(new StreamState.Standby("failed: " + e.getMessage()));
                }
                backoff.pauseAfter(Duration.between(begun, Instant.now()));
            }
        } catch (StreamLost e) {
            log.atError().setCause(e).log("change stream lost, a person has to decide");
            enter(new StreamState.Stopped(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            enter(new StreamState.Stopped("the service was stopped"));
        }
    }

    private void awaitLeadership(Leadership leadership) throws SQLException, InterruptedException {
        while (!leadership.tryAcquire()) {
            enter(new StreamState.Standby("another instance leads"));
            Thread.sleep(settings.standbyInterval());
        }
    }

    /// Runs the engine until it ends, or until the lock is gone: then it is stopped at once, since
    /// another instance may lead already.
    private void lead(Leadership leadership) throws SQLException, InterruptedException {
        boolean published = new ChangeTopics(kafka, settings).prepare();
        try (ReplicationSlot slot = ReplicationSlot.connect(address, login)) {
            slot.prepare(published);
        }
        ChangePublisher publisher = new ChangePublisher(kafka, settings, messages, progress);
        try (CaptureEngine engine =
                CaptureEngine.start(settings, address, login, publisher, progress)) {
            log.atInfo()
                    .addKeyValue("slot", ReplicationSlot.NAME)
                    .log("leading the change streams");
            enter(new StreamState.Leading(Instant.now()));
            awaitEnd(engine, leadership);
        }
    }

    private void awaitEnd(CaptureEngine engine, Leadership leadership)
            throws SQLException, InterruptedException {
        try {
            while (!engine.awaitEnd(settings.standbyInterval())) {
                leadership.verify();
            }
        } catch (InterruptedException e) {
            engine.finish(LAST_MOMENT);
            throw e;
        }
    }

    private void enter(StreamState next) {
        state = next;
        attempted.countDown();
    }
}
