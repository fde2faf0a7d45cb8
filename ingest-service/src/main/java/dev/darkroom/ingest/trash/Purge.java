package dev.darkroom.ingest.trash;

import dev.darkroom.ingest.file.OwnStore;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes assets for good: their rows, then the files that Darkroom made for them. A file in
/// somebody's own folder is never touched.
public class Purge {
    private static final Logger log = LoggerFactory.getLogger(Purge.class);
    private static final int BATCH = 500;

    private final TrashRows rows;
    private final OwnStore own;
    private final Consumer<Runnable> transaction;

    /// @param transaction runs what it is given in a transaction
    Purge(TrashRows rows, OwnStore own, Consumer<Runnable> transaction) {
        this.rows = rows;
        this.own = own;
        this.transaction = transaction;
    }

    /// Removes what has been in the trash for so long.
    ///
    /// @return how many assets went
    public int expired(Duration retention) throws IOException {
        return batches(() -> rows.expired(retention, BATCH));
    }

    /// Removes all assets of a repository, in the trash or not.
    ///
    /// @return how many assets went
    public int repository(UUID repositoryId) throws IOException {
        return batches(() -> rows.of(repositoryId, BATCH));
    }

    private int batches(Supplier<List<TrashRows.Going>> next) throws IOException {
        int gone = 0;
        int batch;
        do {
            List<StorageUri> files = new ArrayList<>();
            List<TrashRows.Going> going = new ArrayList<>();
            transaction.accept(
                    () -> {
                        going.addAll(next.get());
                        if (!going.isEmpty()) {
                            files.addAll(rows.purge(going));
                        }
                    });
            // The rows first: a crash in between leaves files that nobody misses, never a row
            // without its file.
            for (StorageUri file : files) {
                delete(file);
            }
            batch = going.size();
            gone += batch;
        } while (batch == BATCH);
        if (gone > 0) {
            log.atInfo().addKeyValue("assets", gone).log("Removed assets for good");
        }
        return gone;
    }

    private void delete(StorageUri file) throws IOException {
        if (file.scheme().equals("repo") && file.repositoryId().equals(own.repositoryId())) {
            own.blobs().delete(new BlobKey(file.key()));
        }
    }
}
