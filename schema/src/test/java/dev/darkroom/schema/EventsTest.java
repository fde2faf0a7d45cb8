package dev.darkroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// Anyone may publish, so the records refuse what cannot be true.
class EventsTest {
    @ParameterizedTest
    @EnumSource
    void everyFieldThatIsNeverNullIsAskedForByName(EventType type) {
        GoldenFile golden = GoldenFile.of(type);
        for (String field : EventSchema.of(type).required()) {
            ObjectNode data = (ObjectNode) golden.data().deepCopy();
            if (data.required(field).isNumber()) {
                continue; // a number that is missing is 0, which the checks below are about
            }
            data.remove(field);

            assertThatThrownBy(() -> golden.read(data))
                    .isInstanceOf(JacksonException.class)
                    .hasMessageContaining(field + " is missing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fileName, '', 'fileName must have 1 to 255 bytes'",
        "fileName, a/b.jpg, 'fileName must be a name, not a path: a/b.jpg'",
        "source, http://elsewhere/a.jpg, 'a storage URI starts with'",
        "source, 'file:///a b.jpg', 'not a URI'",
        "sha256, ABC, 'a SHA-256 is 64 lower-case hexadecimal digits: ABC'"
    })
    void aSubmissionRefusesTextThatCannotBeTrue(String field, String value, String complaint) {
        ObjectNode data = submission().put(field, value);

        assertThatThrownBy(() -> GoldenFile.of(EventType.ASSET_SUBMITTED).read(data))
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "size, -1, size must not be negative: -1",
        "priority, 0, priority must be 1 (highest) to 10: 0",
        "priority, 11, priority must be 1 (highest) to 10: 11"
    })
    void aSubmissionRefusesNumbersThatCannotBeTrue(String field, int value, String complaint) {
        ObjectNode data = submission().put(field, value);

        assertThatThrownBy(() -> GoldenFile.of(EventType.ASSET_SUBMITTED).read(data))
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesAFileNameThatIsShortInCharactersAndLongInBytes() {
        ObjectNode data = submission().put("fileName", "ü".repeat(128));

        assertThatThrownBy(() -> GoldenFile.of(EventType.ASSET_SUBMITTED).read(data))
                .hasMessageContaining("fileName must have 1 to 255 bytes");
    }

    @ParameterizedTest
    @EnumSource(names = {"ASSET_CREATED", "ASSET_READY", "ASSET_STALLED"})
    void refusesAVersionBeforeTheFirst(EventType type) {
        GoldenFile golden = GoldenFile.of(type);
        ObjectNode data = ((ObjectNode) golden.data().deepCopy()).put("version", 0);

        assertThatThrownBy(() -> golden.read(data)).hasMessageContaining("version starts at 1: 0");
    }

    @Test
    void theTasksOfAReadyAssetCannotBeChangedAfterwards() {
        AssetReady golden = (AssetReady) GoldenFile.of(EventType.ASSET_READY).read();
        List<String> tasks = new ArrayList<>(List.of("ingest"));
        AssetReady ready =
                new AssetReady(golden.assetId(), golden.version(), tasks, golden.readyAt());

        tasks.add("thumbnail");

        assertThat(ready.tasks()).containsExactly("ingest");
    }

    @ParameterizedTest
    @CsvSource({
        "1, INTERACTIVE",
        "3, INTERACTIVE",
        "4, BULK",
        "7, BULK",
        "8, BACKFILL",
        "10, BACKFILL"
    })
    void thePriorityDecidesTheLane(int priority, Lane lane) {
        assertThat(Lane.of(priority)).isEqualTo(lane);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 11})
    void thereIsNoLaneOutsideOneToTen(int priority) {
        assertThatThrownBy(() -> Lane.of(priority))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(": " + priority);
    }

    @Test
    void anImageIsAPhoto() {
        assertThat(AssetType.ofWireName("image")).isEqualTo(AssetType.PHOTO);
        assertThat(AssetType.PHOTO.wireName()).isEqualTo("photo");
        assertThatThrownBy(() -> AssetType.ofWireName("IMAGE")).hasMessageEndingWith(": IMAGE");
    }

    @Test
    void aDigestReadsItsOwnContentHashAndNoOther() {
        Sha256 sha256 = new Sha256("0".repeat(64));

        assertThat(Sha256.ofContentHash(sha256.contentHash())).isEqualTo(sha256);
        assertThatThrownBy(() -> Sha256.ofContentHash("md5:" + "0".repeat(64)))
                .hasMessageContaining("a content hash starts with sha256:");
        assertThatThrownBy(() -> new Sha256("A".repeat(64)))
                .hasMessageContaining("lower-case hexadecimal");
    }

    @Test
    void aBlobsUriGivesBackItsRepositoryAndItsKey() {
        UUID repository = UUID.fromString("01981c29-1111-7c0d-8e1f-aabbccddeeff");

        StorageUri uri = StorageUri.ofBlob(repository, "2025/07/a b #1 100%.jpg");

        assertThat(uri.text()).startsWith("repo://" + repository + "/2025/07/a%20b%20");
        assertThat(uri.repositoryId()).isEqualTo(repository);
        assertThat(uri.key()).isEqualTo("2025/07/a b #1 100%.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026/Zoë ☂ 100%.jpg",
                "\\xFF\\xfe.jpg",
                "a\\\\b?c#d[e].jpg",
                ".hidden/\n\t\u007F",
                "cafe\u0301 \uD83D\uDCF7.jpg",
                " ~:@!$&'()*+,;="
            })
    void theUriOfAFileLeadsToTheSameBytes(String text) {
        FilePath path = new FilePath(text);

        StorageUri uri = StorageUri.ofFile(UUID.randomUUID(), path);

        assertThat(uri.file().bytes()).isEqualTo(path.bytes());
        assertThat(new StorageUri(uri.text()).toUri().toString()).isEqualTo(uri.text());
    }

    @Test
    void theLongestPathFitsIntoAUri() {
        FilePath path = new FilePath(" ".repeat(FilePath.MAX_BYTES));

        assertThat(StorageUri.ofFile(UUID.randomUUID(), path).file()).isEqualTo(path);
    }

    @Test
    void theUriOfABlobIsTheUriOfItsFile() {
        StorageUri blob = StorageUri.ofBlob(UUID.randomUUID(), "inbox/Zoë 100%.jpg");

        assertThat(blob.file()).isEqualTo(new FilePath("inbox/Zoë 100%.jpg"));
    }

    @Test
    void aStorageUriHasAtMost8192Characters() {
        assertThatThrownBy(() -> new StorageUri("file:///" + "a".repeat(8_192)))
                .hasMessageContaining("at most 8192 characters");
    }

    @Test
    void onlyARepositorysUriHasAKey() {
        StorageUri file = new StorageUri("file:///photos/a.jpg");

        assertThatThrownBy(file::key).isInstanceOf(IllegalStateException.class);
    }

    private static ObjectNode submission() {
        return (ObjectNode) GoldenFile.of(EventType.ASSET_SUBMITTED).data().deepCopy();
    }
}
