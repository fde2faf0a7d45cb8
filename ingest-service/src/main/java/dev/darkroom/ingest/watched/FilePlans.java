package dev.darkroom.ingest.watched;

import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.ingest.file.FileRows;
import dev.darkroom.ingest.file.OwnStore;
import dev.darkroom.ingest.file.WatchedRepository;
import dev.darkroom.schema.FilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes the [Plan] for a file from the tables as they stand.
class FilePlans {
    private final FileRows rows;
    private final WatchedAssets assets;
    private final OwnStore own;

    FilePlans(FileRows rows, WatchedAssets assets, OwnStore own) {
        this.rows = rows;
        this.assets = assets;
        this.own = own;
    }

    Plan of(WatchedRepository repository, FileRow file) {
        WatchedAsset ofFile = assets.ofFile(file.fileId()).orElse(null);
        UUID home = repository.copies() ? own.repositoryId() : repository.id();
        List<WatchedAsset> same = assets.withContent(home, repository.ownerId(), file.sha256());
        return repository.copies()
                ? Plan.copied(file, ofFile, same)
                : Plan.inPlace(repository.id(), file, ofFile, same, tables(repository));
    }

    /// The file that an asset could go on with when it loses its own.
    Optional<FileRow> twinOf(WatchedRepository repository, WatchedAsset asset, long lost) {
        return asset.isLive() && asset.repositoryId().equals(repository.id())
                ? rows.twin(repository.id(), asset.sha256(), lost)
                : Optional.empty();
    }

    /// Where the assets lie that this file is, was or may be part of once it is followed.
    List<FilePath> homes(WatchedRepository repository, long fileId, Optional<FileRow> file) {
        List<FilePath> homes = new ArrayList<>();
        file.ifPresent(row -> homes.add(row.path()));
        assets.ofFile(fileId)
                .filter(asset -> file.isEmpty() || !asset.sha256().equals(file.get().sha256()))
                .flatMap(asset -> twinOf(repository, asset, fileId))
                .ifPresent(twin -> homes.add(twin.path()));
        return homes;
    }

    private Plan.Tables tables(WatchedRepository repository) {
        return new Plan.Tables() {
            @Override
            public Optional<FileRow> twinOf(WatchedAsset asset, long lost) {
                return FilePlans.this.twinOf(repository, asset, lost);
            }

            @Override
            public boolean isThere(@Nullable Long fileId) {
                return fileId != null && rows.find(repository.id(), fileId).isPresent();
            }
        };
    }
}
