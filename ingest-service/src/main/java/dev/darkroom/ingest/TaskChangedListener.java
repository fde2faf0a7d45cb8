package dev.darkroom.ingest;

import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.schema.Table;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The door for changes of the ledger: `cdc.processing_tasks`.
@Configuration(proxyBeanMethods = false)
class TaskChangedListener {
    private static final int BATCH_SIZE = 500;

    private final JsonMapper json = new JsonMapper();

    @Bean
    Subscription<TaskChange, TaskChange> taskChanges(Readiness readiness) {
        return new Subscription<>(
                "readiness",
                SourceTopic.only(Table.PROCESSING_TASKS.changeTopic()),
                this::read,
                readiness,
                Optional.empty(),
                BATCH_SIZE);
    }

    private TaskChange read(ConsumerRecord<byte[], byte[]> record) throws GiveUp {
        try {
            JsonNode change = json.readTree(record.value());
            JsonNode row =
                    change.path(change.path("op").asString().equals("d") ? "before" : "after");
            return new TaskChange(
                    UUID.fromString(row.path("asset_id").asString()),
                    row.path("task").asString(),
                    row.path("asset_version").asLong(0),
                    row.path("status").asString(""),
                    row.path("required").asBoolean(false),
                    row.path("last_error").isString() ? row.path("last_error").asString() : null,
                    row.path("updated_at").asString(""),
                    change.path("source").path("txId").asLong(0));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new GiveUp("not a change of processing_tasks: " + e.getMessage(), e);
        }
    }
}
