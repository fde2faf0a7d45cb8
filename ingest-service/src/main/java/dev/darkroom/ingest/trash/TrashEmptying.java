package dev.darkroom.ingest.trash;

import dev.darkroom.ingest.IngestProperties;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Empties the trash by and by (R34).
@Component
class TrashEmptying {
    private static final Logger log = LoggerFactory.getLogger(TrashEmptying.class);

    private final Purge purge;
    private final Duration retention;

    TrashEmptying(Purge purge, IngestProperties properties) {
        this.purge = purge;
        this.retention = properties.trashRetention();
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void empty() {
        try {
            purge.expired(retention);
        } catch (DataAccessException | TransactionException | IOException e) {
            log.atWarn().setCause(e).log("The trash could not be emptied; it is tried again");
        }
    }
}
