package dev.darkroom.sync.cdc.repair;

import dev.darkroom.database.CaptureSlot;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.sync.cdc.repair.SlotStatus.Alarm;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

/// Looks again and again at how much log the slot holds back, on every instance: when the stream is
/// down nobody else does, and PostgreSQL throws the log away in the end.
public final class SlotWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SlotWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /// The limit is in megabytes, -1 for none. On a standby nothing is written.
    private static final String STATUS =
            "select s.wal_status, s.active, coalesce((to_jsonb(s) ->> 'failover')::boolean, false),"
                    + " coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn), 0),"
                    + " coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0),"
                    + " (select nullif(setting::bigint, -1) * 1024 * 1024 from pg_settings"
                    + " where name = 'max_slot_wal_keep_size')"
                    + " from pg_replication_slots s where s.slot_name = ?";

    private final DatabaseAddress address;
    private final Login login;
    private volatile @Nullable SlotStatus last;
    private volatile Alarm told = Alarm.NONE;
    private @Nullable ScheduledExecutorService executor;

    /// @param login of the role `darkroom_cdc`
    public SlotWatch(DatabaseAddress address, Login login) {
        this.address = address;
        this.login = login;
    }

    /// What was seen last; empty before the first look.
    public Optional<SlotStatus> last() {
        return Optional.ofNullable(last);
    }

    /// Looks now.
    public SlotStatus look() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("ApplicationName", "darkroom-cdc-watch");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
                PreparedStatement query = connection.prepareStatement(STATUS)) {
            query.setString(1, CaptureSlot.NAME);
            try (ResultSet row = query.executeQuery()) {
                SlotStatus status = row.next() ? status(row) : SlotStatus.missing(CaptureSlot.NAME);
                last = status;
                tell(status);
                return status;
            }
        }
    }

    /// A slot whose log is gone has no place in it any more.
    private static SlotStatus status(ResultSet row) throws SQLException {
        Object limit = row.getObject(6);
        return new SlotStatus(
                CaptureSlot.NAME,
                Optional.ofNullable(row.getString(1)).orElse("lost"),
                row.getBoolean(2),
                row.getBoolean(3),
                row.getLong(4),
                row.getLong(5),
                limit == null ? null : ((Number) limit).longValue());
    }

    /// Once when it gets worse, and once when it is well again.
    private void tell(SlotStatus status) {
        Alarm alarm = status.alarm();
        Alarm before = told;
        if (alarm == before) {
            return;
        }
        told = alarm;
        Level level =
                switch (alarm) {
                    case NONE -> Level.INFO;
                    case HALF_FULL -> Level.WARN;
                    case OVER_LIMIT, LOST -> Level.ERROR;
                };
        log.atLevel(level)
                .addKeyValue("alarm", alarm)
                .addKeyValue("slot", status.name())
                .addKeyValue("walStatus", status.walStatus())
                .addKeyValue("retainedBytes", status.retainedBytes())
                .addKeyValue("limitBytes", status.limitBytes())
                .addKeyValue("active", status.active())
                .log(
                        alarm == Alarm.NONE
                                ? "the slot holds little log back again"
                                : "the slot holds too much log back, or has lost it");
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            executor =
                    Executors.newSingleThreadScheduledExecutor(
                            Thread.ofPlatform().name("cdc-slot-watch").daemon().factory());
            var _ =
                    executor.scheduleWithFixedDelay(
                            this::tryToLook, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tryToLook() {
        try {
            look();
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("PostgreSQL did not say how the slot stands");
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
