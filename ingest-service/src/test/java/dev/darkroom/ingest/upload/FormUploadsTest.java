package dev.darkroom.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.storage.FolderBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormUploadsTest {
    private static final UploadLabel LABEL = new UploadLabel("a.jpg", null, null, 2);

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
    void announcesWhatACrashLeftPublished() throws Exception {
        assertThatThrownBy(() -> accept(uploads(FormUploadsTest::die))).isInstanceOf(Killed.class);
        UUID left = UUID.fromString(store.list("uploads/").findAny().orElseThrow().fileName());

        assertThat(uploads(submissions).recover()).isOne();

        assertThat(submissions.only().assetId()).isEqualTo(left);
        assertThat(submissions.only().fileName()).isEqualTo("a.jpg");
        assertThat(uploads(submissions).recover()).as("once").isZero();
    }

    @Test
    void forgetsWhatACrashLeftUnpublished() throws Exception {
        assertThatThrownBy(() -> accept(uploads(FormUploadsTest::die))).isInstanceOf(Killed.class);
        store.delete(store.list("uploads/").findAny().orElseThrow());

        assertThat(uploads(submissions).recover()).isZero();

        assertThat(submissions.all()).isEmpty();
        assertThat(workspace.records().list("")).isEmpty();
    }

    @Test
    void keepsWhatItCannotAnnounceYet() throws Exception {
        assertThatThrownBy(() -> accept(uploads(FormUploadsTest::die))).isInstanceOf(Killed.class);
        submissions.goAway();
        assertThatThrownBy(() -> uploads(submissions).recover())
                .hasMessageContaining("Kafka is away");
        submissions.comeBack();

        assertThat(uploads(submissions).recover()).isOne();
    }

    @Test
    void tellsTheClientsFaultFromTheStores() {
        InputStream broken = new PipedInputStream();

        assertThatThrownBy(() -> uploads(submissions).accept(broken, LABEL, null, null))
                .isInstanceOfSatisfying(
                        UploadRefused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(UploadRefused.Reason.INTERRUPTED));
    }

    @Test
    void aFolderBelongsToOneProcess() {
        assertThatThrownBy(() -> UploadWorkspace.open(folder.resolve("uploads")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("darkroom.upload.folder");
    }

    private FormUploads uploads(Submissions to) {
        Handover handover = new Handover(new UploadPlace(store, UUID.randomUUID()), to);
        return new FormUploads(handover, workspace, 1_000, Clock.systemUTC());
    }

    private static void accept(FormUploads uploads) throws UploadRefused, IOException {
        uploads.accept(new ByteArrayInputStream("a photo".getBytes(UTF_8)), LABEL, null, null);
    }

    /// Leaves everything as it is, as `kill -9` does.
    private static void die(AssetSubmitted submission) {
        throw new Killed(submission);
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(AssetSubmitted submission) {
            super("killed before announcing " + submission.assetId());
        }
    }
}
