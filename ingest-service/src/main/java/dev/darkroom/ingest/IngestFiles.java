package dev.darkroom.ingest;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Work;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.OriginalName;
import dev.darkroom.storage.StagedBlob;
import dev.darkroom.storage.StorageFull;
import dev.darkroom.storage.StorageStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Takes one submission's file in: checks it, reads it once, stores it; then writes the rows of a
/// batch.
class IngestFiles implements Work<AssetSubmitted, Ingested> {
    private final Sources sources;
    private final Repositories repositories;
    private final Assets assets;
    private final MediaPool media;

    IngestFiles(Sources sources, Repositories repositories, Assets assets, MediaPool media) {
        this.sources = sources;
        this.repositories = repositories;
        this.assets = assets;
        this.media = media;
    }

    @Override
    public Ingested perform(AssetSubmitted submission)
            throws GiveUp, IOException, InterruptedException {
        Set<Sha256> originals = assets.originals(submission.assetId());
        if (!originals.isEmpty()) {
            requireSameBytes(submission, originals);
            return new Ingested.AlreadyThere();
        }
        Path file = sources.locate(submission);
        Repository repository = repositories.find(submission.repositoryId());
        try (StagedBlob staged = stage(repository, submission, file)) {
            Sha256 sha256 = new Sha256(staged.sha256());
            checkClaims(submission, staged);
            UUID same = assets.findByContent(submission.ownerId(), repository.id(), sha256);
            if (same != null) {
                return new Ingested.Duplicate(same, sha256);
            }
            MediaFacts facts = probe(staged.path(), submission.fileName());
            BlobKey key =
                    repository
                            .strategy()
                            .keyFor(
                                    OriginalName.of(submission.fileName()),
                                    submission.assetId(),
                                    sha256.hex(),
                                    submission.submittedAt());
            staged.publish(key);
            return new Ingested.Stored(repository, key, sha256, facts);
        } catch (StorageFull e) {
            throw new DependencyDown("the store is full", e);
        }
    }

    @Override
    public void record(List<Done<AssetSubmitted, Ingested>> done) {
        try {
            assets.add(done).forEach(IngestFiles::discard);
        } catch (IdTaken e) {
            if (done.size() == 1 && done.getFirst().result() instanceof Ingested.Stored stored) {
                discard(stored);
            }
            throw e;
        }
    }

    /// An upload was kept until its asset was committed; now it is not needed any more.
    @Override
    public void committed(List<Done<AssetSubmitted, Ingested>> done) throws IOException, GiveUp {
        for (Done<AssetSubmitted, Ingested> one : done) {
            StorageUri source = one.message().source();
            if (Sources.isUpload(source)) {
                repositories.find(source.repositoryId()).store().delete(new BlobKey(source.key()));
            }
        }
    }

    /// Our own uploads share their bytes with the original where the disk allows; a user's file is
    /// copied, since it may be edited in place.
    private static StagedBlob stage(Repository repository, AssetSubmitted submission, Path file)
            throws IOException {
        if (Sources.isUpload(submission.source())) {
            return repository.store().stage(file);
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return repository.store().stage(bytes);
        }
    }

    /// A record that came again is fine; other bytes under the same id are a file that would get
    /// lost. An upload whose asset is committed is gone already, and was the asset's.
    private void requireSameBytes(AssetSubmitted submission, Set<Sha256> originals)
            throws GiveUp, IOException {
        if (Sources.isUpload(submission.source())) {
            return;
        }
        Path file;
        try {
            file = sources.locate(submission);
        } catch (GiveUp gone) {
            // The asset has its own copy; what became of the source since is its owner's business.
            return;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            if (!originals.contains(Sha256.of(bytes))) {
                throw new GiveUp(IdTaken.message(submission.assetId()));
            }
        }
    }

    private static void checkClaims(AssetSubmitted submission, StagedBlob staged) throws GiveUp {
        Sha256 claimed = submission.sha256();
        if (claimed != null && !claimed.hex().equals(staged.sha256())) {
            throw new GiveUp(
                    "the file's SHA-256 is %s, the submission says %s: %s"
                            .formatted(staged.sha256(), claimed.hex(), submission.source()));
        }
        if (staged.size() != submission.size()) {
            throw new GiveUp(
                    "the file changed while it was read; submit it again: " + submission.source());
        }
    }

    private MediaFacts probe(Path file, String name)
            throws GiveUp, IOException, InterruptedException {
        try {
            return media.probe(file, name);
        } catch (UnreadableMedia e) {
            throw new GiveUp(name + ": " + e.getMessage(), e);
        } catch (MediaChildLost e) {
            throw new GiveUp(String.valueOf(e.getMessage()), e); // it names the file
        }
    }

    /// Another submission with the same bytes was written first. With strategy `cas` the two share
    /// the blob; otherwise it is this asset's alone, and no row names it.
    private static void discard(Ingested.Stored beaten) {
        if (beaten.repository().strategy() == StorageStrategy.CAS) {
            return;
        }
        try {
            beaten.repository().store().delete(beaten.key());
        } catch (IOException e) {
            throw new DependencyDown("the store does not delete " + beaten.uri(), e);
        }
    }
}
