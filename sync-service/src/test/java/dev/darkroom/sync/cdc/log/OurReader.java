package dev.darkroom.sync.cdc.log;

import dev.darkroom.sync.cdc.row.ChangeRecords;
import dev.darkroom.sync.cdc.row.ChangeSource;
import dev.darkroom.sync.cdc.row.Operation;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the records that our own reading of the log makes.
final class OurReader implements LogReader {
    private final JsonMapper json;
    private final ChangeRecords changes = new ChangeRecords();
    private final List<Told> told = new ArrayList<>();
    private final List<LogMessage> messages = new ArrayList<>();
    private int commits;

    OurReader(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void begin(long commit) {}

    @Override
    public void inserted(TableShape shape, RowText after, ChangeSource source) {
        add(changes.written(shape, Operation.CREATE, null, after, source));
    }

    @Override
    public void updated(
            TableShape shape, @Nullable Before before, RowText after, ChangeSource source) {
        changes.updated(
                        shape,
                        before == null ? null : before.row(),
                        before != null && before.whole(),
                        after,
                        source)
                .forEach(this::add);
    }

    @Override
    public void deleted(TableShape shape, Before before, ChangeSource source) {
        add(changes.deleted(shape, before.row(), before.whole(), source));
    }

    @Override
    public void truncated(List<TableShape> shapes, ChangeSource source) {
        shapes.forEach(shape -> add(changes.truncated(shape, source)));
    }

    @Override
    public void message(LogMessage message) {
        messages.add(message);
    }

    @Override
    public void commit(long end) {
        commits++;
    }

    private void add(ProducerRecord<byte[], byte[]> record) {
        JsonNode value = json.readTree(record.value());
        JsonNode source = value.get("source");
        told.add(
                new Told(
                        value.get("op").asString(),
                        record.key() == null ? null : (ObjectNode) json.readTree(record.key()),
                        row(value.get("before")),
                        row(value.get("after")),
                        source.get("table").asString(),
                        source.get("lsn").asLong(),
                        source.get("txId").asLong(),
                        source.get("ts_ms").asLong()));
    }

    private static @Nullable ObjectNode row(JsonNode node) {
        return node instanceof ObjectNode object ? object : null;
    }

    List<Told> told() {
        return told;
    }

    List<LogMessage> messages() {
        return messages;
    }

    int commits() {
        return commits;
    }
}
