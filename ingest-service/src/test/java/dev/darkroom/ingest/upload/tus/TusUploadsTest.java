package dev.darkroom.ingest.upload.tus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.ingest.upload.Handover;
import dev.darkroom.ingest.upload.RecordingSubmissions;
import dev.darkroom.ingest.upload.Submissions;
import dev.darkroom.ingest.upload.UploadLabel;
import dev.darkroom.ingest.upload.UploadPlace;
import dev.darkroom.ingest.upload.UploadRefused;
import dev.darkroom.ingest.upload.UploadWorkspace;
import dev.darkroom.storage.FolderBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Resumable uploads over the death of their process and the passing of time.
class TusUploadsTest {
    private static final UploadLabel LABEL = new UploadLabel("a.jpg", null, null, 2);
    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final Clock NOW = Clock.systemUTC();
    private static final Clock IN_TWO_DAYS = Clock.offset(NOW, Duration.ofDays(2));

    @TempDir Path folder;
    private final RecordingSubmissions submissions = new RecordingSubmissions();
    private FolderBlobStore store;
    private UploadWorkspace workspace;

    @BeforeEach
    void open() throws IOException {
        store = FolderBlobStore.open(folder.resolve("library"));
        workspace = UploadWorkspace.open(folder.resolve("uploads"));
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
    }

    @Test
    void handsOverWhatWasCompleteWhenTheProcessDied() throws Exception {
        UUID id = half();
        submissions.goAway();
        assertThatThrownBy(() -> append(uploads(NOW), id, 4, "0123"))
                .isInstanceOf(DependencyDown.class);
        submissions.comeBack();
        restart();

        assertThat(uploads(NOW).submitComplete()).isOne();

        assertThat(submissions.only().assetId()).isEqualTo(id);
        assertThat(store.local(UploadPlace.keyOf(id))).hasContent("abcd0123");
        assertThat(uploads(NOW).submitComplete()).as("once").isZero();
        assertThat(uploads(NOW).find(id).offset()).isEqualTo(8);
    }

    @Test
    void announcesAgainWhatKafkaHadTakenWhenTheProcessDied() throws Exception {
        UUID id = half();
        Submissions deadly =
                submission -> {
                    submissions.submit(submission);
                    throw new AssertionError("killed after the acknowledgement");
                };
        assertThatThrownBy(() -> append(uploads(NOW, deadly), id, 4, "0123"))
                .isInstanceOf(AssertionError.class);
        store.delete(UploadPlace.keyOf(id));
        restart();

        assertThat(uploads(NOW).find(id).offset()).isEqualTo(8);

        assertThat(submissions.all()).hasSize(2);
        assertThat(submissions.all().get(1))
                .as("the very same submission, which ingest knows")
                .isEqualTo(submissions.all().get(0));
    }

    @Test
    void dropsAChunkThatDiedBeforeItWasChecked() throws Exception {
        UUID id = half();
        PartialUploads partials = new PartialUploads(workspace);
        partials.mark(id, 4);
        partials.append(id, stream("xy"));
        restart();

        assertThat(uploads(NOW).find(id).offset()).isEqualTo(4);

        append(uploads(NOW), id, 4, "0123");
        assertThat(store.local(UploadPlace.keyOf(id))).hasContent("abcd0123");
    }

    @Test
    void forgetsWhatNobodyContinues() throws Exception {
        UUID id = half();

        assertThat(uploads(NOW).removeExpired()).isZero();
        assertThatThrownBy(() -> uploads(IN_TWO_DAYS).find(id))
                .isInstanceOfSatisfying(
                        UploadRefused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(UploadRefused.Reason.EXPIRED));
        assertThat(uploads(IN_TWO_DAYS).removeExpired()).isOne();

        assertNothingUnderWay();
    }

    @Test
    void neverForgetsWhatIsCompleteButNotHandedOver() throws Exception {
        UUID id = half();
        submissions.goAway();
        assertThatThrownBy(() -> append(uploads(NOW), id, 4, "0123"))
                .isInstanceOf(DependencyDown.class);

        assertThat(uploads(IN_TWO_DAYS).removeExpired()).isZero();
        submissions.comeBack();

        assertThat(uploads(IN_TWO_DAYS).submitComplete()).isOne();
    }

    @Test
    void forgetsAFinishedUploadButNotItsBlob() throws Exception {
        UUID id = half();
        append(uploads(NOW), id, 4, "0123");

        assertThat(uploads(IN_TWO_DAYS).removeExpired()).isOne();

        assertNothingUnderWay();
        assertThat(store.exists(UploadPlace.keyOf(id))).isTrue();
    }

    private UUID half() throws UploadRefused, IOException {
        return uploads(NOW).create(LABEL, 8L, "", stream("abcd"), null).id();
    }

    private TusUploads uploads(Clock clock) {
        return uploads(clock, submissions);
    }

    private TusUploads uploads(Clock clock, Submissions to) {
        Handover handover = new Handover(new UploadPlace(store, new UUID(0, 1)), to);
        return new TusUploads(handover, workspace, 1_000, LIFETIME, clock);
    }

    private void restart() throws IOException {
        workspace.close();
        workspace = UploadWorkspace.open(folder.resolve("uploads"));
    }

    private void assertNothingUnderWay() throws IOException {
        assertThat(workspace.records().list("")).isEmpty();
        assertThat(workspace.parts()).isEmptyDirectory();
    }

    private static void append(TusUploads uploads, UUID id, long offset, String bytes)
            throws UploadRefused, IOException {
        uploads.append(id, offset, null, stream(bytes), null);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
