package dev.darkroom.ingest;

import dev.darkroom.delivery.PublishedEvents;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Keeps the outbox from growing for ever.
@Component
class OutboxPruning {
    private static final Logger log = LoggerFactory.getLogger(OutboxPruning.class);

    private final PublishedEvents events;
    private final Duration retention;

    OutboxPruning(JdbcClient jdbc, IngestProperties properties) {
        this.events = new PublishedEvents(jdbc);
        this.retention = properties.outboxRetention();
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT10M")
    void prune() {
        try {
            int pruned = events.prune(retention);
            log.atDebug().addKeyValue("rows", pruned).log("Pruned the outbox");
        } catch (DataAccessException e) {
            log.atWarn().setCause(e).log("The outbox could not be pruned; it is tried again");
        }
    }
}
