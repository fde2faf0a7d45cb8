package dev.darkroom.ingest.watched;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.ingest.asset.Content;
import dev.darkroom.ingest.file.FileOnDisk;
import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.ingest.file.OwnStore;
import dev.darkroom.ingest.file.WatchedRepository;
import dev.darkroom.ingest.watched.Followed.Finding;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.OriginalName;
import dev.darkroom.storage.StagedBlob;
import dev.darkroom.storage.StorageFull;
import dev.darkroom.storage.StorageStrategy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks into a file of a watched repository, and copies it where its repository wants that.
class FileContents {
    private static final Logger log = LoggerFactory.getLogger(FileContents.class);

    private final MediaPool media;
    private final OwnStore own;
    private final Counter skipped;

    FileContents(MediaPool media, OwnStore own, MeterRegistry meters) {
        this.media = media;
        this.own = own;
        this.skipped =
                Counter.builder("darkroom.ingest.files.skipped")
                        .description("Files of watched repositories that are no media")
                        .register(meters);
    }

    /// What the file holds, for a plan that needs to know.
    Finding of(WatchedRepository repository, FileRow file, Plan plan)
            throws GiveUp, IOException, InterruptedException {
        Optional<Path> path = FileOnDisk.locate(repository, file);
        if (path.isEmpty()) {
            return new Finding.Nothing();
        }
        if (repository.copies()) {
            return copied(repository, file, path.get(), plan);
        }
        Optional<Content> content = read(path.get(), file, plan);
        return content.isPresent() ? new Finding.InPlace(content.get()) : new Finding.NoMedia();
    }

    /// Takes a copy back that no row will name. With strategy `cas` another asset may share it.
    void discard(WatchedRepository repository, Finding.Copied copy) {
        if (repository.strategy() == StorageStrategy.CAS) {
            return;
        }
        try {
            own.blobs().delete(copy.key());
        } catch (IOException e) {
            throw new DependencyDown("the store does not delete " + copy.uri(), e);
        }
    }

    private Finding copied(WatchedRepository repository, FileRow file, Path path, Plan plan)
            throws GiveUp, IOException, InterruptedException {
        try (InputStream bytes = Files.newInputStream(path);
                StagedBlob staged = own.blobs().stage(bytes)) {
            if (!staged.sha256().equals(file.sha256().hex())) {
                return new Finding.Nothing();
            }
            Optional<Content> content = read(staged.path(), file, plan);
            if (content.isEmpty()) {
                return new Finding.NoMedia();
            }
            UUID assetId = copyOf(repository, file, plan);
            BlobKey key =
                    repository
                            .strategy()
                            .keyFor(
                                    OriginalName.of(FileName.of(file.path())),
                                    assetId,
                                    file.sha256().hex(),
                                    file.modifiedAt());
            staged.publish(key);
            return new Finding.Copied(assetId, own.repositoryId(), key, content.get());
        } catch (StorageFull e) {
            throw new DependencyDown("the store is full", e);
        }
    }

    /// The same each time the same file is copied, so that a copy that is made twice is one file.
    private static UUID copyOf(WatchedRepository repository, FileRow file, Plan plan) {
        if (plan instanceof Plan.Replace(WatchedAsset asset)) {
            return asset.id();
        }
        String name = repository.id() + "/" + file.fileId() + "/" + file.contentVersion();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /// What the bytes are, or empty when nobody would look for them in a library.
    private Optional<Content> read(Path path, FileRow file, Plan plan)
            throws GiveUp, IOException, InterruptedException {
        String name = FileName.of(file.path());
        if (file.size() == 0) {
            return skip(file, "the file is empty");
        }
        try {
            return Optional.of(Content.of(media.probe(path, name), file.size(), file.sha256()));
        } catch (UnreadableMedia e) {
            boolean missed =
                    plan instanceof Plan.Create create
                            && create.before() == null
                            && MediaEndings.promiseMedia(name);
            return missed
                    ? Optional.of(Content.unknown(file.size(), file.sha256()))
                    : skip(file, String.valueOf(e.getMessage()));
        } catch (MediaChildLost e) {
            throw new GiveUp(file.path() + ": " + e.getMessage(), e);
        }
    }

    private Optional<Content> skip(FileRow file, String reason) {
        skipped.increment();
        log.atDebug()
                .addKeyValue("path", file.path())
                .addKeyValue("reason", reason)
                .log("Skipped a file that is no media");
        return Optional.empty();
    }
}
