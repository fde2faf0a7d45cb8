package dev.darkroom.library.file;

import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.RepositoryFolders;
import dev.darkroom.storage.RepositoryGone;
import java.io.IOException;
import java.nio.file.Path;

/// The files of all repositories: our own blobs, and the files of people where they lie.
public class BlobStores {
    private final RepositoryFolders folders;

    public BlobStores(StoredFiles files) {
        this.folders = new RepositoryFolders(files::repositoryPath);
    }

    /// A file of this machine with these bytes, for reading.
    ///
    /// @throws RepositoryUnavailable when the repository is not known or its folder is not there
    /// @throws java.nio.file.NoSuchFileException when the repository has no such file
    public Path local(StorageUri storage) throws IOException {
        if (!storage.scheme().equals("repo")) {
            throw new RepositoryUnavailable(
                    "library-service serves files of its repositories only, not " + storage);
        }
        try {
            return folders.locate(storage);
        } catch (RepositoryGone e) {
            throw new RepositoryUnavailable(String.valueOf(e.getMessage()));
        }
    }
}
