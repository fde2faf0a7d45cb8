package dev.darkroom.library.file;

import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.BlobStore;
import dev.darkroom.storage.FolderBlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The store of each repository, opened when its first file is asked for.
public class BlobStores {
    private final StoredFiles files;
    private final ConcurrentMap<UUID, BlobStore> stores = new ConcurrentHashMap<>();

    public BlobStores(StoredFiles files) {
        this.files = files;
    }

    /// A file of this machine with these bytes, for reading.
    ///
    /// @throws RepositoryUnavailable when the repository is not known or its folder is not there
    /// @throws dev.darkroom.storage.BlobNotFound when the repository has no such file
    Path local(StorageUri storage) throws IOException {
        if (!storage.scheme().equals("repo")) {
            throw new RepositoryUnavailable(
                    "library-service serves files of its repositories only, not " + storage);
        }
        return store(storage.repositoryId()).local(new BlobKey(storage.key()));
    }

    private BlobStore store(UUID repositoryId) throws IOException {
        BlobStore open = stores.get(repositoryId);
        if (open != null) {
            return open;
        }
        String path =
                files.repositoryPath(repositoryId)
                        .orElseThrow(
                                () ->
                                        new RepositoryUnavailable(
                                                "there is no repository " + repositoryId));
        Path folder = path.startsWith("file:") ? Path.of(URI.create(path)) : Path.of(path);
        // Opening would make it, and an empty folder where a disk is not mounted hides the cause.
        if (!Files.isDirectory(folder)) {
            throw new RepositoryUnavailable(
                    "the folder of repository "
                            + repositoryId
                            + " is not there: "
                            + folder
                            + "; is its disk mounted?");
        }
        BlobStore opened = FolderBlobStore.open(folder);
        BlobStore first = stores.putIfAbsent(repositoryId, opened);
        return first == null ? opened : first;
    }
}
