package dev.darkroom.ingest.watched;

import dev.darkroom.ingest.asset.Content;
import dev.darkroom.ingest.file.WatchedRepository;
import dev.darkroom.ingest.sidecar.SidecarRead;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was found out about an event's file, before its rows are written.
///
/// @param repository absent when it is gone, and all its files with it
/// @param sidecars the sidecars that were read, by the number of their file
record Followed(
        @Nullable WatchedRepository repository, Finding finding, Map<Long, SidecarRead> sidecars) {
    Followed {
        sidecars = Map.copyOf(sidecars);
    }

    static Followed nothing() {
        return new Followed(null, new Finding.Nothing(), Map.of());
    }

    /// What the file holds.
    sealed interface Finding {
        /// A newer event tells, or will; or there is nobody to tell.
        record Nothing() implements Finding {}

        /// The tables know all that is needed.
        record Known() implements Finding {}

        /// A photo, a video or an audio track, where it lies.
        record InPlace(Content content) implements Finding {}

        /// The same, copied into the default repository.
        ///
        /// @param assetId the asset that the copy is for
        record Copied(UUID assetId, UUID repositoryId, BlobKey key, Content content)
                implements Finding {
            StorageUri uri() {
                return StorageUri.ofBlob(repositoryId, key.value());
            }
        }

        /// Nothing that belongs into a library.
        record NoMedia() implements Finding {}
    }
}
