package dev.darkroom.ingest.watched;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.ingest.asset.AssetRows;
import dev.darkroom.ingest.asset.Content;
import dev.darkroom.ingest.asset.NewAsset;
import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.ingest.file.LookAgain;
import dev.darkroom.ingest.file.WatchedRepository;
import dev.darkroom.ingest.sidecar.Sidecars.Home;
import dev.darkroom.ingest.watched.Followed.Finding;
import dev.darkroom.schema.StorageUri;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Carries a [Plan] out: the rows of the assets that one file is, was or becomes part of.
class FileAssets {
    /// Behind whatever somebody is waiting for.
    private static final int PRIORITY = 5;

    private final FilePlans plans;
    private final FileContents contents;
    private final WatchedAssets assets;
    private final AssetRows rows;

    FileAssets(FilePlans plans, FileContents contents, WatchedAssets assets, AssetRows rows) {
        this.plans = plans;
        this.contents = contents;
        this.assets = assets;
        this.rows = rows;
    }

    /// Follows a file that is gone: its asset goes on with another file of the same content, or
    /// into the trash. A copy of ours stays.
    ///
    /// @return the asset that goes on, and where
    List<Home> gone(WatchedRepository repository, long fileId) {
        Optional<WatchedAsset> asset =
                assets.ofFile(fileId)
                        .filter(WatchedAsset::isLive)
                        .filter(own -> own.repositoryId().equals(repository.id()));
        return asset.isPresent() ? leave(repository, asset.get(), fileId) : List.of();
    }

    /// Follows a file that is there.
    ///
    /// @param finding what was found in it beforehand
    /// @return the assets whose file lies somewhere now, for their sidecars
    /// @throws LookAgain when it has to be looked into after all
    List<Home> follow(WatchedRepository repository, FileRow file, Finding finding, Duration took) {
        Plan plan = plans.of(repository, file);
        if (finding instanceof Finding.Copied copy && !plan.needsContent()) {
            contents.discard(repository, copy);
        }
        return switch (plan) {
            case Plan.Nothing _ ->
                    assets.ofFile(file.fileId())
                            .map(own -> List.of(new Home(own.id(), file.path())))
                            .orElse(List.of());
            case Plan.Keep(WatchedAsset asset) -> {
                if (asset.repositoryId().equals(repository.id())) {
                    assets.place(asset, repository.id(), file);
                }
                yield List.of(new Home(asset.id(), file.path()));
            }
            case Plan.Restore(WatchedAsset asset) -> {
                assets.restore(asset, repository.id(), file);
                yield List.of(new Home(asset.id(), file.path()));
            }
            case Plan.Leave(WatchedAsset own) -> leave(repository, own, file.fileId());
            case Plan.Create(WatchedAsset before) ->
                    create(repository, file, finding, before, took);
            case Plan.Replace(WatchedAsset own) -> replace(repository, file, finding, own, took);
        };
    }

    private List<Home> leave(WatchedRepository repository, WatchedAsset own, long lost) {
        Optional<FileRow> twin = plans.twinOf(repository, own, lost);
        if (twin.isPresent()) {
            assets.place(own, repository.id(), twin.get());
            return List.of(new Home(own.id(), twin.get().path()));
        }
        if (own.isLive() && own.repositoryId().equals(repository.id())) {
            assets.trash(own);
        }
        return List.of();
    }

    private List<Home> create(
            WatchedRepository repository,
            FileRow file,
            Finding finding,
            @Nullable WatchedAsset before,
            Duration took) {
        Optional<NewAsset> asset = asset(repository, file, finding, EventCodec.newId(), took);
        if (asset.isEmpty()) {
            return before != null && finding instanceof Finding.NoMedia
                    ? leave(repository, before, file.fileId())
                    : List.of();
        }
        List<Home> left = List.of();
        if (before != null) {
            left = before.isLive() ? leave(repository, before, file.fileId()) : left;
            assets.unlink(file.fileId());
        }
        return add(asset.get(), file, left);
    }

    private List<Home> replace(
            WatchedRepository repository,
            FileRow file,
            Finding finding,
            WatchedAsset own,
            Duration took) {
        Optional<NewAsset> asset = asset(repository, file, finding, own.id(), took);
        if (asset.isEmpty()) {
            return finding instanceof Finding.NoMedia
                    ? leave(repository, own, file.fileId())
                    : List.of();
        }
        List<String> tasks = rows.tasksOf(own.type());
        if (!rows.tasksOf(asset.get().content().type()).containsAll(tasks)) {
            // A photo's tasks would wait for ever on what is a video by now: a thing of its own.
            leave(repository, own, file.fileId());
            assets.unlink(file.fileId());
            return add(asset.get().as(EventCodec.newId()), file, List.of());
        }
        long version = rows.replace(asset.get());
        if (!repository.copies()) {
            assets.forgetOriginals(own.id(), repository.id(), version);
        }
        return List.of(new Home(own.id(), file.path()));
    }

    private List<Home> add(NewAsset asset, FileRow file, List<Home> others) {
        if (rows.add(List.of(asset)).isEmpty()) {
            throw new LookAgain("another asset with these bytes came first: " + file.path());
        }
        List<Home> homes = new ArrayList<>(others);
        homes.add(new Home(asset.id(), file.path()));
        return homes;
    }

    /// The asset that the finding makes, or empty when it makes none.
    private static Optional<NewAsset> asset(
            WatchedRepository repository, FileRow file, Finding finding, UUID id, Duration took) {
        return switch (finding) {
            case Finding.InPlace(Content content) ->
                    content.sha256().equals(file.sha256())
                            ? Optional.of(
                                    asset(
                                            id,
                                            repository.id(),
                                            repository,
                                            file,
                                            StorageUri.ofFile(repository.id(), file.path()),
                                            content,
                                            took))
                            : Optional.empty();
            case Finding.Copied copy ->
                    copy.content().sha256().equals(file.sha256())
                            ? Optional.of(
                                    asset(
                                            copy.assetId(),
                                            copy.repositoryId(),
                                            repository,
                                            file,
                                            copy.uri(),
                                            copy.content(),
                                            took))
                            : Optional.empty();
            case Finding.Nothing _, Finding.NoMedia _ -> Optional.empty();
            case Finding.Known _ ->
                    throw new LookAgain("the file was not looked into: " + file.path());
        };
    }

    static NewAsset asset(
            UUID id,
            UUID home,
            WatchedRepository repository,
            FileRow file,
            StorageUri uri,
            Content content,
            Duration took) {
        return new NewAsset(
                id,
                home,
                repository.ownerId(),
                file.fileId(),
                FileName.of(file.path()),
                uri,
                content,
                PRIORITY,
                Instant.now(),
                took);
    }
}
