package dev.darkroom.ingest.watched;

import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.schema.StorageUri;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What has to become of the assets when a file of a watched repository stands as it does.
///
/// It follows from the tables alone, never from the event: so it does not matter how often, how
/// late and in which order events come. `docs/decisions/0010-assets-in-place.md` says why each case
/// is decided as it is.
sealed interface Plan {
    /// All is as it should be, or another file's asset has this content.
    record Nothing() implements Plan {}

    /// The file is this asset's, perhaps under another path; an asset in the trash stays there.
    record Keep(WatchedAsset asset) implements Plan {}

    /// The file's content is that of an asset whose file vanished: it comes out of the trash.
    record Restore(WatchedAsset asset) implements Plan {}

    /// The file has another asset's content now, and its own asset has lost it.
    record Leave(WatchedAsset own) implements Plan {}

    /// A new asset.
    ///
    /// @param before the asset that the file was part of, and is not any more
    record Create(@Nullable WatchedAsset before) implements Plan {}

    /// The next version of the file's own asset.
    record Replace(WatchedAsset own) implements Plan {}

    /// Whether somebody has to look into the file first.
    default boolean needsContent() {
        return switch (this) {
            case Create _, Replace _ -> true;
            case Nothing _, Keep _, Restore _, Leave _ -> false;
        };
    }

    /// The plan for a file in place.
    ///
    /// @param own the asset made of this file
    /// @param same the assets of this repository with the file's content: the live one first, then
    ///   the trash, latest first
    /// @param tables what else the tables know
    static Plan inPlace(
            UUID repositoryId,
            FileRow file,
            @Nullable WatchedAsset own,
            List<WatchedAsset> same,
            Tables tables) {
        Optional<WatchedAsset> live = same.stream().filter(WatchedAsset::isLive).findFirst();
        if (own != null
                && own.repositoryId().equals(repositoryId)
                && own.sha256().equals(file.sha256())) {
            return own.isTrashedBySync() && live.isEmpty() ? new Restore(own) : new Keep(own);
        }
        if (live.isPresent()) {
            return own == null ? join(repositoryId, file, live.get()) : new Leave(own);
        }
        if (own == null) {
            return fresh(repositoryId, file, same, tables);
        }
        boolean another = !own.isLive() && !own.isTrashedBySync();
        boolean shared = own.isLive() && tables.twinOf(own, file.fileId()).isPresent();
        return another || shared ? new Create(own) : new Replace(own);
    }

    /// The plan for a file that is copied: the copy is the original from then on.
    ///
    /// @param same the assets of the default repository with the file's content
    static Plan copied(FileRow file, @Nullable WatchedAsset own, List<WatchedAsset> same) {
        if (own != null && own.sha256().equals(file.sha256())) {
            return new Nothing();
        }
        if (same.stream().anyMatch(WatchedAsset::isLive)) {
            return new Nothing();
        }
        return own == null || !own.isLive() ? new Create(own) : new Replace(own);
    }

    private static Plan join(UUID repositoryId, FileRow file, WatchedAsset live) {
        boolean uploaded =
                live.fileId() == null && live.storagePath().equals(uri(repositoryId, file));
        return uploaded ? new Keep(live) : new Nothing();
    }

    private static Plan fresh(
            UUID repositoryId, FileRow file, List<WatchedAsset> same, Tables tables) {
        for (WatchedAsset trashed : same) {
            if (trashed.isTrashedBySync()) {
                return new Restore(trashed);
            }
        }
        // The picture that somebody threw away, found again: it stays thrown away. A further copy
        // of it that somebody put here while the first is still there is another matter.
        for (WatchedAsset trashed : same) {
            if (trashed.storagePath().equals(uri(repositoryId, file))
                    || !tables.isThere(trashed.fileId())) {
                return new Keep(trashed);
            }
        }
        return new Create(null);
    }

    private static String uri(UUID repositoryId, FileRow file) {
        return StorageUri.ofFile(repositoryId, file.path()).text();
    }

    /// What else the tables know, asked only when it matters.
    interface Tables {
        /// Another file with this asset's content that is no asset's own.
        ///
        /// @param lost the file that has it no more
        Optional<FileRow> twinOf(WatchedAsset asset, long lost);

        /// Whether this file is still recorded.
        boolean isThere(@Nullable Long fileId);
    }
}
