package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.schema.Table;
import io.debezium.connector.postgresql.PostgresConnector;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/// Debezium's settings, each with its reason.
final class EngineSettings {
    private EngineSettings() {}

    static Properties of(
            CdcProperties settings,
            DatabaseAddress address,
            Login login,
            UnchangedValues unchanged) {
        Properties properties = new Properties();
        properties.setProperty("name", "darkroom-cdc");
        properties.setProperty("connector.class", PostgresConnector.class.getName());
        properties.setProperty("topic.prefix", "darkroom");
        properties.setProperty("database.hostname", address.host());
        properties.setProperty("database.port", Integer.toString(address.port()));
        properties.setProperty("database.dbname", address.name());
        properties.setProperty("database.user", login.user());
        properties.setProperty("database.password", login.password());
        position(properties, settings);
        values(properties, unchanged);
        flow(properties, settings);
        return properties;
    }

    /// The slot alone knows the position: without stored offsets the engine starts where the slot
    /// stands, and the code that searches for a resume point, in which releases before 3.7 lose
    /// rows (dbz#76, dbz#1554), never runs.
    private static void position(Properties properties, CdcProperties settings) {
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", ReplicationSlot.NAME);
        properties.setProperty("slot.drop.on.stop", "false");
        properties.setProperty("publication.name", ReplicationSlot.PUBLICATION);
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("table.include.list", tables());
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
        properties.setProperty("offset.mismatch.strategy", "trust_slot");
        properties.setProperty("offset.flush.interval.ms", "500");
        properties.setProperty("provide.transaction.metadata", "false");
        properties.setProperty(
                "heartbeat.interval.ms", Long.toString(settings.heartbeatInterval().toMillis()));
        properties.setProperty(
                "heartbeat.action.query", "update heartbeat set at = now() where id = 1");
    }

    private static String tables() {
        return Stream.concat(
                        Arrays.stream(Table.values()).map(Table::tableName),
                        Stream.of(OutboxEvents.TABLE, "heartbeat"))
                .map(table -> "public." + table)
                .collect(Collectors.joining(","));
    }

    private static void values(Properties properties, UnchangedValues unchanged) {
        properties.setProperty("decimal.handling.mode", "precise");
        properties.setProperty("time.precision.mode", "isostring");
        properties.setProperty("binary.handling.mode", "bytes");
        properties.setProperty("interval.handling.mode", "string");
        properties.setProperty("hstore.handling.mode", "map");
        properties.setProperty("unavailable.value.placeholder", unchanged.placeholder());
        properties.setProperty("tombstones.on.delete", "false");
        properties.setProperty("skipped.operations", "none");
    }

    /// Failing is ours to handle: the engine ends at the first error instead of trying on its own.
    private static void flow(Properties properties, CdcProperties settings) {
        properties.setProperty("max.batch.size", "4096");
        properties.setProperty("max.queue.size", "16384");
        properties.setProperty("max.queue.size.in.bytes", Integer.toString(64 << 20));
        properties.setProperty(
                "poll.interval.ms", Long.toString(settings.pollInterval().toMillis()));
        properties.setProperty("status.update.interval.ms", "2000");
        properties.setProperty("errors.max.retries", "0");
        properties.setProperty("slot.max.retries", "2");
        properties.setProperty("slot.retry.delay.ms", "500");
        properties.setProperty("statistics.metrics.enabled", "false");
    }
}
