package dev.darkroom.sync.cdc.log;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Debezium's embedded engine on a slot of its own: what it makes of the same log.
final class DebeziumOracle implements AutoCloseable {
    static final String UNCHANGED = "unchanged-7d0f6a3c";

    private final DebeziumJson json;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private volatile @Nullable Throwable error;

    DebeziumOracle(
            DatabaseAddress address,
            Login login,
            String slot,
            String publication,
            String tables,
            JsonMapper mapper) {
        this.json = new DebeziumJson(mapper);
        this.engine =
                DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                        .using(settings(address, login, slot, publication, tables))
                        .using((_, _, failure) -> error = failure)
                        .notifying(this::take)
                        .build();
        Thread.ofPlatform().name("oracle").start(engine);
    }

    private static Properties settings(
            DatabaseAddress address, Login login, String slot, String publication, String tables) {
        Properties settings = new Properties();
        settings.setProperty("name", "oracle");
        settings.setProperty("connector.class", PostgresConnector.class.getName());
        settings.setProperty("topic.prefix", "oracle");
        settings.setProperty("database.hostname", address.host());
        settings.setProperty("database.port", Integer.toString(address.port()));
        settings.setProperty("database.dbname", address.name());
        settings.setProperty("database.user", login.user());
        settings.setProperty("database.password", login.password());
        settings.setProperty("plugin.name", "pgoutput");
        settings.setProperty("slot.name", slot);
        settings.setProperty("publication.name", publication);
        settings.setProperty("publication.autocreate.mode", "disabled");
        settings.setProperty("table.include.list", tables);
        settings.setProperty("snapshot.mode", "no_data");
        settings.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
        settings.setProperty("offset.mismatch.strategy", "trust_slot");
        settings.setProperty("offset.flush.interval.ms", "500");
        settings.setProperty("decimal.handling.mode", "precise");
        settings.setProperty("time.precision.mode", "isostring");
        settings.setProperty("binary.handling.mode", "bytes");
        settings.setProperty("interval.handling.mode", "string");
        settings.setProperty("unavailable.value.placeholder", UNCHANGED);
        settings.setProperty("tombstones.on.delete", "false");
        settings.setProperty("skipped.operations", "none");
        settings.setProperty("poll.interval.ms", "20");
        settings.setProperty("errors.max.retries", "0");
        settings.setProperty("statistics.metrics.enabled", "false");
        return settings;
    }

    private void take(
            List<RecordChangeEvent<SourceRecord>> batch,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        for (RecordChangeEvent<SourceRecord> event : batch) {
            if (event.record().value() instanceof Struct change
                    && change.schema().field("after") != null) {
                told.add(told((Struct) event.record().key(), change));
            }
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
    }

    private Told told(@Nullable Struct key, Struct change) {
        Struct source = change.getStruct("source");
        Struct before = change.getStruct("before");
        Struct after = change.getStruct("after");
        return new Told(
                change.getString("op"),
                key == null ? null : json.row(key),
                before == null ? null : json.row(before),
                after == null ? null : json.row(after),
                source.getString("table"),
                source.getInt64("lsn"),
                source.getInt64("txId"),
                source.getInt64("ts_ms"));
    }

    /// The next changes, as they come.
    BlockingQueue<Told> told() {
        return told;
    }

    /// Why it ended, or null while it runs.
    @Nullable Throwable error() {
        return error;
    }

    @Override
    public void close() throws Exception {
        engine.close();
    }
}
