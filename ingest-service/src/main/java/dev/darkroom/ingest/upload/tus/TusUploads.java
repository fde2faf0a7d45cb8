package dev.darkroom.ingest.upload.tus;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.ingest.upload.Handover;
import dev.darkroom.ingest.upload.IncomingBytes;
import dev.darkroom.ingest.upload.UploadLabel;
import dev.darkroom.ingest.upload.UploadLocks;
import dev.darkroom.ingest.upload.UploadRefused;
import dev.darkroom.ingest.upload.UploadRefused.Reason;
import dev.darkroom.ingest.upload.UploadWorkspace;
import dev.darkroom.storage.StagedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Resumable uploads from their creation to their hand-over.
///
/// Every step works under the upload's lock and from what is on disk, so it does not matter how the
/// step before it ended. An upload whose last byte is here but which Kafka has not acknowledged is
/// handed over by the next step that meets it: a question, a further try, or [#submitComplete].
public final class TusUploads {
    private final Handover handover;
    private final PartialUploads partials;
    private final UploadLocks locks = new UploadLocks();
    private final long maxSize;
    private final Duration lifetime;
    private final Clock clock;

    /// Takes files into a place, keeping them in a workspace until they are complete.
    ///
    /// @param maxSize the longest file, in bytes
    /// @param lifetime how long an upload waits for its client, counted from the last byte
    public TusUploads(
            Handover handover,
            UploadWorkspace workspace,
            long maxSize,
            Duration lifetime,
            Clock clock) {
        this.handover = handover;
        this.partials = new PartialUploads(workspace);
        this.maxSize = maxSize;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    long maxSize() {
        return maxSize;
    }

    /// Begins an upload, with its first bytes when the client sent some along.
    ///
    /// When those are not accepted, there is no upload: the client does not know its id yet.
    ///
    /// @param length in bytes, or null when the client will say so later
    Progress create(
            UploadLabel label,
            @Nullable Long length,
            String metadata,
            @Nullable InputStream first,
            @Nullable Checksum checksum)
            throws UploadRefused, IOException {
        requireFits(length);
        UUID id = UuidCreator.getTimeOrderedEpoch();
        PartialUpload upload =
                new PartialUpload(id, length, label, metadata, clock.instant(), null);
        try (UploadLocks.Held _ = locks.lock(id)) {
            partials.save(upload);
            try {
                if (first != null) {
                    receive(upload, first, checksum);
                }
                return progress(finishIfComplete(upload));
            } catch (UploadRefused | DependencyDown | IOException failure) {
                remove(id, failure);
                throw failure;
            }
        }
    }

    /// How far an upload has come.
    Progress find(UUID id) throws UploadRefused, IOException {
        try (UploadLocks.Held _ = locks.lock(id)) {
            return progress(finishIfComplete(settled(id)));
        }
    }

    /// Continues an upload.
    ///
    /// Bytes of a chunk that breaks off are kept, unless the chunk has a checksum: then all of it
    /// counts, or none.
    ///
    /// @param offset where the client believes we are
    /// @param length the length, when the client did not give it at the creation
    Progress append(
            UUID id,
            long offset,
            @Nullable Long length,
            InputStream bytes,
            @Nullable Checksum checksum)
            throws UploadRefused, IOException {
        try (UploadLocks.Held _ = locks.lock(id)) {
            PartialUpload upload = settled(id);
            requireOffset(upload, offset);
            if (length != null) {
                upload = withLength(upload, length, offset);
            }
            receive(upload, bytes, checksum);
            return progress(finishIfComplete(upload));
        }
    }

    /// Ends an upload and frees what it holds. An asset that it has become already stays.
    void terminate(UUID id) throws UploadRefused, IOException {
        try (UploadLocks.Held _ = locks.lock(id)) {
            settled(id);
            partials.remove(id);
        }
    }

    /// Hands over what is complete and was not acknowledged, because the process died or Kafka was
    /// away.
    ///
    /// @return how many were handed over
    public int submitComplete() throws IOException {
        int submitted = 0;
        for (UUID id : partials.ids()) {
            try (UploadLocks.Held _ = locks.lock(id)) {
                PartialUpload upload = settled(id);
                if (!upload.isSubmitted() && finishIfComplete(upload).isSubmitted()) {
                    submitted++;
                }
            } catch (UploadRefused _) {
                // Its own request has it in hand, or it is gone.
            }
        }
        return submitted;
    }

    /// Forgets uploads that nobody has continued for too long. What is complete is never forgotten
    /// before it was handed over.
    ///
    /// @return how many were forgotten
    public int removeExpired() throws IOException {
        int removed = 0;
        for (UUID id : partials.ids()) {
            try (UploadLocks.Held _ = locks.lock(id)) {
                PartialUpload upload = partials.find(id).orElse(null);
                if (upload != null && isExpired(upload)) {
                    partials.remove(id);
                    removed++;
                }
            } catch (UploadRefused _) {
                // Not abandoned, then.
            }
        }
        return removed;
    }

    private PartialUpload settled(UUID id) throws UploadRefused, IOException {
        PartialUpload upload =
                partials.find(id)
                        .orElseThrow(
                                () ->
                                        new UploadRefused(
                                                Reason.UNKNOWN,
                                                "there is no upload " + id + ": create a new one"));
        partials.settle(id);
        if (isExpired(upload)) {
            throw new UploadRefused(
                    Reason.EXPIRED,
                    "nobody continued the upload "
                            + id
                            + " since "
                            + expiresAt(upload).minus(lifetime)
                            + ": create a new one");
        }
        return upload;
    }

    private void receive(PartialUpload upload, InputStream bytes, @Nullable Checksum checksum)
            throws UploadRefused, IOException {
        UUID id = upload.id();
        long start = offsetOf(upload);
        long end = upload.length() == null ? maxSize : upload.length();
        InputStream incoming = new IncomingBytes(bytes, end - start);
        try {
            if (checksum == null) {
                partials.append(id, incoming);
            } else {
                receiveChecked(id, start, incoming, checksum);
            }
        } catch (IncomingBytes.TooMany tooMany) {
            partials.truncate(id, start);
            throw new UploadRefused(
                    Reason.TOO_LARGE,
                    "the upload may have "
                            + end
                            + " bytes and this request goes beyond: continue at "
                            + start,
                    tooMany);
        } catch (IncomingBytes.Interrupted interrupted) {
            throw new UploadRefused(
                    Reason.INTERRUPTED,
                    "the line broke: ask for the offset with HEAD and continue there",
                    interrupted);
        }
    }

    private void receiveChecked(UUID id, long start, InputStream incoming, Checksum checksum)
            throws UploadRefused, IOException {
        partials.mark(id, start);
        boolean matches = false;
        try {
            partials.append(id, new DigestInputStream(incoming, checksum.digest()));
            matches = checksum.matches();
        } finally {
            if (!matches) {
                partials.truncate(id, start);
            }
            partials.unmark(id);
        }
        if (!matches) {
            throw new UploadRefused(
                    Reason.WRONG_CHECKSUM,
                    "the chunk at " + start + " arrived damaged and was discarded: send it again");
        }
    }

    /// The record goes from complete to submitted only after Kafka's acknowledgement, and the bytes
    /// go only after that.
    private PartialUpload finishIfComplete(PartialUpload upload) throws IOException {
        UUID id = upload.id();
        if (upload.isSubmitted()) {
            partials.removeBytes(id);
            return upload;
        }
        if (!upload.isCompleteAt(partials.offset(id))) {
            return upload;
        }
        try (StagedBlob staged = partials.stage(id, handover.place().store())) {
            handover.handOver(
                    handover.describe(id, staged, upload.label(), upload.createdAt()), staged);
        }
        PartialUpload submitted = upload.submittedAt(clock.instant());
        partials.save(submitted);
        partials.removeBytes(id);
        return submitted;
    }

    private PartialUpload withLength(PartialUpload upload, long length, long offset)
            throws UploadRefused, IOException {
        if (upload.length() != null && upload.length() != length) {
            throw new UploadRefused(
                    Reason.INVALID,
                    "Upload-Length was " + upload.length() + " and cannot become " + length);
        }
        requireFits(length);
        if (length < offset) {
            throw new UploadRefused(
                    Reason.INVALID,
                    "Upload-Length is " + length + ", but " + offset + " bytes are here already");
        }
        PartialUpload known = upload.withLength(length);
        partials.save(known);
        return known;
    }

    private void requireFits(@Nullable Long length) throws UploadRefused {
        if (length != null && length > maxSize) {
            throw new UploadRefused(
                    Reason.TOO_LARGE,
                    "a file may have at most " + maxSize + " bytes, this one has " + length);
        }
    }

    private void requireOffset(PartialUpload upload, long offset)
            throws UploadRefused, IOException {
        long here = offsetOf(upload);
        if (offset != here) {
            throw new UploadRefused(
                    Reason.OFFSET_CONFLICT,
                    "the upload is at " + here + ", not at " + offset + ": continue there");
        }
    }

    private long offsetOf(PartialUpload upload) throws IOException {
        return upload.isSubmitted() && upload.length() != null
                ? upload.length()
                : partials.offset(upload.id());
    }

    private Progress progress(PartialUpload upload) throws IOException {
        return new Progress(
                upload.id(),
                offsetOf(upload),
                upload.length(),
                upload.metadata(),
                expiresAt(upload));
    }

    private boolean isExpired(PartialUpload upload) throws IOException {
        boolean waits = !upload.isSubmitted() && upload.isCompleteAt(partials.offset(upload.id()));
        return !waits && !clock.instant().isBefore(expiresAt(upload));
    }

    private Instant expiresAt(PartialUpload upload) throws IOException {
        Instant since =
                upload.submittedAt() == null
                        ? partials.touchedAt(upload.id()).orElse(upload.createdAt())
                        : upload.submittedAt();
        return since.plus(lifetime);
    }

    private void remove(UUID id, Exception failure) {
        try {
            partials.remove(id);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
