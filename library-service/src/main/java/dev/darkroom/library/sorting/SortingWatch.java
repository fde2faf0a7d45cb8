package dev.darkroom.library.sorting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Looks every second whether faces wait; when none does, that is a look at an empty index.
@Component
@ConditionalOnProperty(
        prefix = "darkroom.sorting",
        name = "enabled",
        havingValue = "true",
        matchIfMissing = true)
class SortingWatch {
    private static final Logger log = LoggerFactory.getLogger(SortingWatch.class);

    private final SortFaces sort;

    SortingWatch(SortFaces sort) {
        this.sort = sort;
    }

    @Scheduled(fixedDelayString = "PT1S", initialDelayString = "PT1S")
    void look() {
        try {
            int compared = sort.run();
            if (compared > 0) {
                log.atDebug().addKeyValue("faces", compared).log("Faces sorted into people");
            }
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().setCause(e).log("Faces could not be sorted into people; tried again");
        }
    }
}
