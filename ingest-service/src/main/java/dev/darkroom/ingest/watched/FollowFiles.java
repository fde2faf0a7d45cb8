package dev.darkroom.ingest.watched;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Work;
import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.ingest.file.FileRows;
import dev.darkroom.ingest.file.WatchedRepositories;
import dev.darkroom.ingest.file.WatchedRepository;
import dev.darkroom.ingest.sidecar.SidecarNames;
import dev.darkroom.ingest.sidecar.SidecarReader;
import dev.darkroom.ingest.sidecar.Sidecars;
import dev.darkroom.ingest.watched.Followed.Finding;
import dev.darkroom.schema.FileEvent;
import dev.darkroom.schema.FileMoved;
import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings the library in step with one file of a watched repository: looks into the file where that
/// is needed, then writes the rows of a batch.
///
/// An event only says which file to look at. What is done follows from the file's record and from
/// the assets as they stand, so an event that comes again, late or out of order does no harm.
public class FollowFiles implements Work<FileEvent, Followed> {
    private final WatchedRepositories repositories;
    private final FileRows rows;
    private final FilePlans plans;
    private final FileContents contents;
    private final FileAssets assets;
    private final FreshFiles freshFiles;
    private final SidecarReader sidecarReader;
    private final Sidecars sidecars;

    FollowFiles(
            WatchedRepositories repositories,
            FileRows rows,
            FilePlans plans,
            FileContents contents,
            FileAssets assets,
            FreshFiles freshFiles,
            SidecarReader sidecarReader,
            Sidecars sidecars) {
        this.repositories = repositories;
        this.rows = rows;
        this.plans = plans;
        this.contents = contents;
        this.assets = assets;
        this.freshFiles = freshFiles;
        this.sidecarReader = sidecarReader;
        this.sidecars = sidecars;
    }

    @Override
    public Followed perform(FileEvent event) throws GiveUp, IOException, InterruptedException {
        Optional<WatchedRepository> known = repositories.find(event.repositoryId());
        if (known.isEmpty()) {
            return Followed.nothing();
        }
        WatchedRepository repository = known.get();
        Optional<FileRow> fresh = fresh(repository, event);
        if (fresh.isPresent()) {
            Finding finding = contents.of(repository, fresh.get(), new Plan.Create(null));
            return new Followed(repository, finding, Map.of());
        }
        Optional<FileRow> file = rows.find(repository.id(), event.fileId());
        if (file.isPresent() && file.get().contentVersion() > event.contentVersion()) {
            return Followed.nothing();
        }
        List<FilePath> homes = new ArrayList<>();
        sidecars.concerned(repository, sidecarPaths(event, file))
                .forEach(home -> homes.add(home.path()));
        Finding finding = new Finding.Known();
        if (!SidecarNames.isSidecar(event.path())) {
            homes.addAll(plans.homes(repository, event.fileId(), file));
            if (file.isPresent()) {
                Plan plan = plans.of(repository, file.get());
                finding = plan.needsContent() ? contents.of(repository, file.get(), plan) : finding;
            }
        }
        return new Followed(repository, finding, sidecarReader.read(repository, homes));
    }

    /// The file of the event when nothing is known of it yet, as of most files when a folder is
    /// new: one question instead of five.
    private Optional<FileRow> fresh(WatchedRepository repository, FileEvent event) {
        return repository.copies() || concernsSidecars(event)
                ? Optional.empty()
                : rows.fresh(
                                repository,
                                event.fileId(),
                                event.path(),
                                SidecarNames.of(event.path()))
                        .filter(row -> row.contentVersion() <= event.contentVersion());
    }

    @Override
    public void record(List<Done<FileEvent, Followed>> done) {
        repositories.lock(
                done.stream().map(one -> one.message().repositoryId()).collect(Collectors.toSet()));
        Set<Done<FileEvent, Followed>> written =
                freshFiles.record(
                        done.stream().filter(one -> !concernsSidecars(one.message())).toList());
        for (Done<FileEvent, Followed> one : done) {
            WatchedRepository repository = one.result().repository();
            if (repository != null && !written.contains(one)) {
                record(repository, one.message(), one.result(), one.took());
            }
        }
    }

    private void record(
            WatchedRepository repository, FileEvent event, Followed followed, Duration took) {
        Optional<FileRow> file = rows.find(repository.id(), event.fileId());
        List<Sidecars.Home> homes = new ArrayList<>();
        if (!SidecarNames.isSidecar(event.path())) {
            homes.addAll(
                    file.isPresent()
                            ? assets.follow(repository, file.get(), followed.finding(), took)
                            : assets.gone(repository, event.fileId()));
        }
        homes.addAll(sidecars.concerned(repository, sidecarPaths(event, file)));
        for (Sidecars.Home home : homes) {
            sidecars.refresh(repository, home, followed.sidecars());
        }
    }

    private static boolean concernsSidecars(FileEvent event) {
        return !sidecarPaths(event, Optional.empty()).isEmpty();
    }

    /// Where the file lies and lay, as far as these are names of sidecars.
    private static List<FilePath> sidecarPaths(FileEvent event, Optional<FileRow> file) {
        List<FilePath> paths = new ArrayList<>(List.of(event.path()));
        if (event instanceof FileMoved moved) {
            paths.add(moved.previousPath());
        }
        file.ifPresent(row -> paths.add(row.path()));
        return paths.stream().filter(SidecarNames::isSidecar).distinct().toList();
    }
}
