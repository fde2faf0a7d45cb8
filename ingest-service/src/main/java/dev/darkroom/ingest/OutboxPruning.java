package dev.darkroom.ingest;

import dev.darkroom.delivery.Outbox;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Keeps the outbox from growing for ever.
@Component
class OutboxPruning {
    private static final Logger log = LoggerFactory.getLogger(OutboxPruning.class);

    private final Outbox outbox;
    private final Duration retention;

    OutboxPruning(Outbox outbox, IngestProperties properties) {
        this.outbox = outbox;
        this.retention = properties.outboxRetention();
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT10M")
    void prune() {
        try {
            int pruned = outbox.prune(retention);
            log.atDebug().addKeyValue("rows", pruned).log("Pruned the outbox");
        } catch (DataAccessException e) {
            log.atWarn().setCause(e).log("The outbox could not be pruned; it is tried again");
        }
    }
}
