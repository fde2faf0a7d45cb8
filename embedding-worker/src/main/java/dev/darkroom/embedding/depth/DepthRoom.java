package dev.darkroom.embedding.depth;

import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps depth maps in the room they were given.
///
/// A row goes before its file: killed in between, a file is left that no row names, and swept
/// later. Several workers may do this at once.
class DepthRoom {
    private static final Logger log = LoggerFactory.getLogger(DepthRoom.class);

    private final DepthMaps maps;
    private final DepthStore store;
    private final long maxBytes;

    DepthRoom(DepthMaps maps, DepthStore store, long maxBytes) {
        this.maps = maps;
        this.store = store;
        this.maxBytes = maxBytes;
    }

    /// Evicts those longest unread, if all together take too much.
    ///
    /// @return how many went
    int evict() throws IOException {
        if (maps.bytes() <= maxBytes) {
            return 0;
        }
        List<StorageUri> files = maps.evictDownTo(maxBytes);
        for (StorageUri file : files) {
            store.delete(file);
        }
        log.atInfo().addKeyValue("evicted", files.size()).log("Depth maps made room");
        return files.size();
    }

    /// Deletes files that no row names.
    ///
    /// @param age files younger than this may be on their way to get a row
    /// @return how many went
    int sweep(Duration age) throws IOException {
        List<StorageUri> orphans = new ArrayList<>();
        store.untouchedSince(
                Instant.now().minus(age), files -> orphans.addAll(maps.unnamed(files)));
        for (StorageUri file : orphans) {
            store.delete(file);
        }
        if (!orphans.isEmpty()) {
            log.atInfo().addKeyValue("files", orphans.size()).log("Orphaned depth maps removed");
        }
        return orphans.size();
    }
}
