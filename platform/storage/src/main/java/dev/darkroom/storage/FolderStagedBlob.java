package dev.darkroom.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A file in a store's staging folder.
final class FolderStagedBlob implements StagedBlob {
    private final FolderBlobStore store;
    private final StagingFolder.Arrived arrived;
    private boolean spent;

    FolderStagedBlob(FolderBlobStore store, StagingFolder.Arrived arrived) {
        this.store = store;
        this.arrived = arrived;
    }

    @Override
    public Path path() {
        requireUnspent();
        return arrived.file();
    }

    @Override
    public String sha256() {
        return arrived.sha256();
    }

    @Override
    public long size() {
        return arrived.size();
    }

    @Override
    public StoredBlob publish(BlobKey key) throws IOException {
        requireUnspent();
        spent = true;
        store.moveIn(new LinkedHashMap<>(Map.of(arrived.file(), key)));
        return new StoredBlob(key, arrived.sha256(), arrived.size());
    }

    @Override
    public void close() throws IOException {
        spent = true;
        Files.deleteIfExists(arrived.file());
    }

    private void requireUnspent() {
        if (spent) {
            throw new IllegalStateException(
                    "these bytes were published or discarded: stage them anew");
        }
    }
}
