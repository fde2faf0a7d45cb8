package dev.darkroom.ingest.watched;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.ingest.asset.AssetRows;
import dev.darkroom.ingest.asset.NewAsset;
import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.ingest.file.FileRows;
import dev.darkroom.ingest.file.LookAgain;
import dev.darkroom.ingest.file.WatchedRepository;
import dev.darkroom.ingest.sidecar.SidecarReader;
import dev.darkroom.ingest.sidecar.Sidecars;
import dev.darkroom.ingest.watched.Followed.Finding;
import dev.darkroom.schema.FileEvent;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes the assets of a batch's new files together, where nothing at all is known of file and
/// content: the one case in which many come at once. Every other file is a case for [FileAssets].
class FreshFiles {
    private final FileRows files;
    private final WatchedAssets assets;
    private final AssetRows rows;
    private final SidecarReader sidecarReader;
    private final Sidecars sidecars;

    FreshFiles(
            FileRows files,
            WatchedAssets assets,
            AssetRows rows,
            SidecarReader sidecarReader,
            Sidecars sidecars) {
        this.files = files;
        this.assets = assets;
        this.rows = rows;
        this.sidecarReader = sidecarReader;
        this.sidecars = sidecars;
    }

    /// A file that was looked into where it lies.
    private record Candidate(
            Done<FileEvent, Followed> done, WatchedRepository repository, Finding.InPlace finding) {
        long fileId() {
            return done.message().fileId();
        }

        Sha256 sha256() {
            return finding.content().sha256();
        }
    }

    /// Files with the same answer to what is known in their repository.
    private record Home(UUID repositoryId, @Nullable UUID ownerId) {}

    /// Writes those of a batch that are new, in the running transaction.
    ///
    /// @return what was written; the others are to be followed one by one
    /// @throws LookAgain when another asset with the same bytes came first
    Set<Done<FileEvent, Followed>> record(List<Done<FileEvent, Followed>> done) {
        Map<Home, List<Candidate>> homes = new LinkedHashMap<>();
        for (Done<FileEvent, Followed> one : done) {
            WatchedRepository repository = one.result().repository();
            if (repository != null && one.result().finding() instanceof Finding.InPlace finding) {
                homes.computeIfAbsent(
                                new Home(repository.id(), repository.ownerId()),
                                _ -> new ArrayList<>())
                        .add(new Candidate(one, repository, finding));
            }
        }
        Set<Done<FileEvent, Followed>> written = new HashSet<>();
        homes.forEach((home, candidates) -> written.addAll(record(home, candidates)));
        return written;
    }

    private Set<Done<FileEvent, Followed>> record(Home home, List<Candidate> candidates) {
        List<Long> ids = candidates.stream().map(Candidate::fileId).toList();
        Map<Long, FileRow> there = new HashMap<>();
        files.findAll(home.repositoryId(), ids).forEach(row -> there.put(row.fileId(), row));
        Set<Long> knownFiles = new HashSet<>(assets.knownFiles(ids));
        Set<Sha256> knownContents =
                assets.knownContents(
                        home.repositoryId(),
                        home.ownerId(),
                        candidates.stream().map(Candidate::sha256).toList());
        Map<Candidate, NewAsset> fresh = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            FileRow row = there.get(candidate.fileId());
            // The second of two equal files in a batch finds the first one's asset, later.
            if (row != null
                    && row.path().equals(candidate.done().message().path())
                    && row.sha256().equals(candidate.sha256())
                    && knownFiles.add(candidate.fileId())
                    && knownContents.add(candidate.sha256())) {
                fresh.put(candidate, asset(candidate, row));
            }
        }
        add(List.copyOf(fresh.values()));
        refreshSidecars(fresh, there);
        Set<Done<FileEvent, Followed>> written = new HashSet<>();
        fresh.keySet().forEach(candidate -> written.add(candidate.done()));
        return written;
    }

    private void add(List<NewAsset> fresh) {
        Set<UUID> added = rows.add(fresh);
        for (NewAsset asset : fresh) {
            if (!added.contains(asset.id())) {
                throw new LookAgain("another asset with these bytes came first: " + asset.uri());
            }
        }
    }

    private void refreshSidecars(Map<Candidate, NewAsset> fresh, Map<Long, FileRow> there) {
        Map<FilePath, Candidate> byPath = new LinkedHashMap<>();
        fresh.keySet()
                .forEach(
                        candidate ->
                                byPath.put(
                                        Objects.requireNonNull(there.get(candidate.fileId()))
                                                .path(),
                                        candidate));
        if (byPath.isEmpty()) {
            return;
        }
        WatchedRepository repository = byPath.values().iterator().next().repository();
        for (FilePath path : sidecarReader.having(repository, List.copyOf(byPath.keySet()))) {
            Candidate candidate = Objects.requireNonNull(byPath.get(path));
            NewAsset asset = Objects.requireNonNull(fresh.get(candidate));
            sidecars.refresh(
                    repository,
                    new Sidecars.Home(asset.id(), path),
                    candidate.done().result().sidecars());
        }
    }

    private static NewAsset asset(Candidate candidate, FileRow row) {
        WatchedRepository repository = candidate.repository();
        return FileAssets.asset(
                EventCodec.newId(),
                repository.id(),
                repository,
                row,
                StorageUri.ofFile(repository.id(), row.path()),
                candidate.finding().content(),
                candidate.done().took());
    }
}
