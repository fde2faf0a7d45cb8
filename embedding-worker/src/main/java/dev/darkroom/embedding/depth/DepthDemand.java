package dev.darkroom.embedding.depth;

import dev.darkroom.delivery.GiveUp;
import dev.darkroom.inference.depth.DepthFormat;
import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a depth map that somebody asks for and that is not there: evicted, in another format, or
/// with a file that is damaged.
class DepthDemand implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DepthDemand.class);

    private final DepthMaking making;
    private final DepthMaps maps;
    private final DepthStore store;
    private final Rows rows;

    /// A run of a model holds its thread's processor, so it must not be one of those that serve
    /// HTTP.
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    2, Thread.ofPlatform().daemon().name("depth-on-demand-", 0).factory());

    private final ConcurrentMap<Wanted, ReentrantLock> beingMade = new ConcurrentHashMap<>();

    DepthDemand(DepthMaking making, DepthMaps maps, DepthStore store, Rows rows) {
        this.making = making;
        this.maps = maps;
        this.store = store;
        this.rows = rows;
    }

    /// Writes what was made, in a transaction of its own.
    interface Rows {
        /// The files that it replaces.
        List<StorageUri> put(List<StoredDepth> made);
    }

    private record Wanted(UUID assetId, DepthFormat format) {}

    /// Sees to it that the map is there and whole. Who asks for one that is being made waits for
    /// that one.
    ///
    /// @return whether there is such a photo
    boolean ensure(UUID assetId, DepthFormat format)
            throws GiveUp, IOException, InterruptedException {
        Optional<DepthSource> source = maps.source(assetId);
        if (source.isEmpty()) {
            return false;
        }
        Wanted wanted = new Wanted(assetId, format);
        ReentrantLock turn = beingMade.computeIfAbsent(wanted, _ -> new ReentrantLock());
        turn.lockInterruptibly();
        try {
            if (!isThere(source.get(), format)) {
                inItsThread(source.get(), format);
            }
        } finally {
            turn.unlock();
            beingMade.remove(wanted, turn);
        }
        return true;
    }

    private boolean isThere(DepthSource source, DepthFormat format) throws IOException {
        Optional<DepthMaps.Known> known = maps.find(source, format);
        if (known.isEmpty()) {
            return false;
        }
        boolean whole = store.isWhole(known.get().uri(), known.get().sha256());
        if (!whole) {
            log.atWarn()
                    .addKeyValue("assetId", source.assetId())
                    .addKeyValue("file", known.get().uri())
                    .addKeyValue("sha256", known.get().sha256())
                    .log("A depth map's file is missing or damaged; it is made again");
        }
        return whole;
    }

    private void inItsThread(DepthSource source, DepthFormat format)
            throws GiveUp, IOException, InterruptedException {
        Future<?> made =
                threads.submit(
                        () -> {
                            make(source, format);
                            return null;
                        });
        try {
            made.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case GiveUp cause -> throw cause;
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case null, default -> throw new IllegalStateException("a depth map failed", e);
            }
        }
    }

    private void make(DepthSource source, DepthFormat format)
            throws GiveUp, IOException, InterruptedException {
        List<StoredDepth> made = making.make(source, List.of(format));
        List<StorageUri> replaced = rows.put(made);
        for (StorageUri file : maps.unnamed(replaced)) {
            store.delete(file);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
