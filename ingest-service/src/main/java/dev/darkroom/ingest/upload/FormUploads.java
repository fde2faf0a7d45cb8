package dev.darkroom.ingest.upload;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.Sha256;
import dev.darkroom.storage.BlobNotFound;
import dev.darkroom.storage.StagedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes files that arrive in one piece. A file is accepted as a whole, or nothing of it is kept.
public final class FormUploads {
    private final Handover handover;
    private final PendingUploads pending;
    private final UploadLocks locks = new UploadLocks();
    private final long maxSize;
    private final Clock clock;

    /// Takes files into a place, keeping track of them in a workspace.
    ///
    /// @param maxSize the longest file, in bytes
    public FormUploads(Handover handover, UploadWorkspace workspace, long maxSize, Clock clock) {
        this.handover = handover;
        this.pending = new PendingUploads(workspace.records());
        this.maxSize = maxSize;
        this.clock = clock;
    }

    /// Accepts one file.
    ///
    /// @param claimed the digest that the client gave
    /// @param idempotencyKey the client's name for this attempt and its repetitions
    /// @throws UploadRefused when it is too long, broken off, or not what its digest says
    /// @throws DependencyDown when Kafka is away; nothing is kept
    /// @throws dev.darkroom.storage.StorageFull when there is no room; nothing is kept
    public AcceptedUpload accept(
            InputStream bytes,
            UploadLabel label,
            @Nullable Sha256 claimed,
            @Nullable String idempotencyKey)
            throws UploadRefused, IOException {
        try (StagedBlob staged = stage(bytes)) {
            Sha256 sha256 = new Sha256(staged.sha256());
            requireSame(claimed, sha256);
            UUID assetId =
                    idempotencyKey == null
                            ? UuidCreator.getTimeOrderedEpoch()
                            : repeatableId(label.ownerId(), idempotencyKey, sha256);
            try (UploadLocks.Held _ = locks.lock(assetId)) {
                handOver(handover.describe(assetId, staged, label, clock.instant()), staged);
            }
            return new AcceptedUpload(assetId, label.fileName(), staged.size(), sha256);
        }
    }

    /// Announces what a crash left between the publication of a blob and Kafka's acknowledgement.
    ///
    /// @return how many were announced
    public int recover() throws IOException {
        int announced = 0;
        for (UUID assetId : pending.ids()) {
            try (UploadLocks.Held _ = locks.lock(assetId)) {
                if (handover.place().store().exists(UploadPlace.keyOf(assetId))) {
                    handover.announce(pending.get(assetId));
                    announced++;
                }
                pending.forget(assetId);
            } catch (UploadRefused | BlobNotFound _) {
                // Its own request has it in hand, or has just finished.
            }
        }
        return announced;
    }

    private void handOver(AssetSubmitted submission, StagedBlob staged) throws IOException {
        UUID assetId = submission.assetId();
        pending.remember(submission);
        try {
            handover.handOver(submission, staged);
        } catch (DependencyDown | IOException failure) {
            discard(assetId, failure);
            throw failure;
        }
        pending.forget(assetId);
    }

    private void discard(UUID assetId, Exception failure) {
        try {
            handover.place().store().delete(UploadPlace.keyOf(assetId));
            pending.forget(assetId);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private StagedBlob stage(InputStream bytes) throws UploadRefused, IOException {
        try {
            return handover.place().store().stage(new IncomingBytes(bytes, maxSize));
        } catch (IncomingBytes.TooMany tooMany) {
            throw new UploadRefused(
                    UploadRefused.Reason.TOO_LARGE,
                    "a file may have at most " + maxSize + " bytes: send a shorter one",
                    tooMany);
        } catch (IncomingBytes.Interrupted interrupted) {
            throw new UploadRefused(
                    UploadRefused.Reason.INTERRUPTED,
                    "the upload broke off before its end and nothing was kept: send it again",
                    interrupted);
        }
    }

    private static void requireSame(@Nullable Sha256 claimed, Sha256 found) throws UploadRefused {
        if (claimed != null && !claimed.equals(found)) {
            throw new UploadRefused(
                    UploadRefused.Reason.WRONG_DIGEST,
                    "the bytes that arrived have SHA-256 "
                            + found.hex()
                            + ", not "
                            + claimed.hex()
                            + ": send the file again");
        }
    }

    /// The same id for every repetition of one attempt, so that it makes one asset.
    ///
    /// It depends on the content too. A client that uses one key for two different files by mistake
    /// gets two assets, where a key alone would make the second file vanish behind the first. It is
    /// a UUIDv8 (a digest), not a UUIDv7: a time would differ between the repetitions.
    private static UUID repeatableId(@Nullable UUID ownerId, String key, Sha256 content) {
        String name = ownerId + "\n" + content.hex() + "\n" + key;
        byte[] digest = sha256(name.getBytes(StandardCharsets.UTF_8));
        digest[6] = (byte) ((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte) ((digest[8] & 0x3F) | 0x80);
        return new UUID(longAt(digest, 0), longAt(digest, 8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static long longAt(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getLong(offset);
    }
}
