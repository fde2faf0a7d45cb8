package dev.darkroom.ingest.upload;

import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.Sha256;
import dev.darkroom.storage.StagedBlob;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/// The last two steps of every upload, in this order: the bytes are published under `uploads/<asset
/// id>`, then the submission is announced.
///
/// Doing it twice for the same asset's id is harmless: the blob is replaced by the same bytes, and
/// ingest knows the id.
public final class Handover {
    private final UploadPlace place;
    private final Submissions submissions;

    public Handover(UploadPlace place, Submissions submissions) {
        this.place = place;
        this.submissions = submissions;
    }

    /// The place that bytes are handed over to.
    public UploadPlace place() {
        return place;
    }

    /// The submission of these bytes.
    ///
    /// @param receivedAt the same instant each time the same upload is handed over
    public AssetSubmitted describe(
            UUID assetId, StagedBlob staged, UploadLabel label, Instant receivedAt) {
        return new AssetSubmitted(
                assetId,
                place.uriOf(assetId),
                label.fileName(),
                staged.size(),
                new Sha256(staged.sha256()),
                label.repositoryId(),
                label.ownerId(),
                label.priority(),
                receivedAt);
    }

    /// Publishes and announces. When this returns, the file can no longer be lost.
    ///
    /// @throws dev.darkroom.delivery.DependencyDown when Kafka did not acknowledge; the blob stays
    public void handOver(AssetSubmitted submission, StagedBlob staged) throws IOException {
        staged.publish(UploadPlace.keyOf(submission.assetId()));
        announce(submission);
    }

    void announce(AssetSubmitted submission) {
        submissions.submit(submission);
    }
}
