package dev.darkroom.library.file;

import dev.darkroom.delivery.Outbox;
import dev.darkroom.schema.ThumbnailRequested;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Asks thumbnail-worker for a thumbnail that nobody has made, and waits a moment for it.
///
/// A request is an event in the outbox: however often it is made, and by however many clients, it
/// is one row there, and it outlives this process.
public class ThumbnailDemand {
    private static final Duration FIRST_LOOK = Duration.ofMillis(40);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(400);

    private final StoredFiles files;
    private final Outbox outbox;
    private final Duration patience;

    public ThumbnailDemand(StoredFiles files, Outbox outbox, Duration patience) {
        this.files = files;
        this.outbox = outbox;
        this.patience = patience;
    }

    /// What there is to say about a thumbnail; [ThumbnailAnswer.OnDemand] when it was asked for and
    /// is not there yet.
    ThumbnailAnswer thumbnail(UUID assetId, String size) {
        ThumbnailAnswer answer = files.thumbnail(assetId, size);
        if (!(answer instanceof ThumbnailAnswer.OnDemand(ThumbnailRequested request))) {
            return answer;
        }
        outbox.add(List.of(request));
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_LOOK;
        while (answer instanceof ThumbnailAnswer.OnDemand && System.nanoTime() < deadline) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answer;
            }
            answer = files.thumbnail(assetId, size);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(SLOWEST_LOOK) > 0 ? SLOWEST_LOOK : pause;
        }
        return answer;
    }
}
