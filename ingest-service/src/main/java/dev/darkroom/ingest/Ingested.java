package dev.darkroom.ingest;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import java.util.UUID;

/// What became of one submission's bytes, before its rows are written.
sealed interface Ingested {
    /// The bytes are stored under a key of their own.
    record Stored(Repository repository, BlobKey key, Sha256 sha256, MediaFacts facts)
            implements Ingested {
        StorageUri uri() {
            return StorageUri.ofBlob(repository.id(), key.value());
        }
    }

    /// Another asset has these bytes; nothing was stored.
    record Duplicate(UUID of, Sha256 sha256) implements Ingested {}

    /// This very submission is in the library already: the record came again.
    record AlreadyThere() implements Ingested {}
}
