package dev.darkroom.embedding.space;

import dev.darkroom.embedding.EmbeddingProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Looks every few seconds whether a new space may take over. Several workers may: they take turns,
/// and the second finds it done.
@Component
@ConditionalOnProperty(
        prefix = "darkroom.embedding",
        name = "take-over",
        havingValue = "true",
        matchIfMissing = true)
class TakeoverWatch {
    private static final Logger log = LoggerFactory.getLogger(TakeoverWatch.class);

    private final Takeover takeover;

    TakeoverWatch(Spaces spaces, EmbeddingProperties properties) {
        this.takeover = new Takeover(spaces, properties.takeOverAt());
    }

    @Scheduled(fixedDelayString = "PT5S", initialDelayString = "PT5S")
    void look() {
        try {
            takeover.look();
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().setCause(e).log("Embedding spaces could not be looked at; tried again");
        }
    }
}
