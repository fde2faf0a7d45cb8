package dev.darkroom.embedding.depth;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/// Looks after the room of depth maps now and then.
class DepthRoomWatch {
    private static final Logger log = LoggerFactory.getLogger(DepthRoomWatch.class);

    /// Nothing takes so long between a file and its row.
    private static final Duration ORPHANED = Duration.ofHours(1);

    private final DepthRoom room;

    DepthRoomWatch(DepthRoom room) {
        this.room = room;
    }

    @Scheduled(fixedDelayString = "${darkroom.embedding.depth.look-every:10s}")
    void evict() {
        try {
            room.evict();
        } catch (IOException | RuntimeException e) {
            log.atWarn().setCause(e).log("Depth maps could not be evicted; tried again");
        }
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void sweep() {
        try {
            room.sweep(ORPHANED);
        } catch (IOException | RuntimeException e) {
            log.atWarn().setCause(e).log("Depth maps could not be swept; tried again");
        }
    }
}
