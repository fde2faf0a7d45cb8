package dev.darkroom.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [BlobStore] must do. A test of an implementation extends it and says how to get one.
public abstract class BlobStoreContract {
    private static final BlobKey KEY = new BlobKey("inbox/2026/11/photo.jpg");
    private static final String EMPTY_SHA256 =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir Path elsewhere;

    /// The store under test, empty at the start of each test.
    protected abstract BlobStore store() throws IOException;

    /// How many staged, unpublished blobs the store's place holds.
    protected abstract long stagedCount() throws IOException;

    @Test
    void readsBackWhatWasPut() throws IOException {
        StoredBlob stored = store().put(KEY, "a photo".getBytes(UTF_8));

        assertThat(stored).isEqualTo(new StoredBlob(KEY, sha256("a photo".getBytes(UTF_8)), 7));
        assertThat(contentOf(KEY)).isEqualTo("a photo".getBytes(UTF_8));
        assertThat(store().size(KEY)).contains(7L);
        assertThat(store().exists(KEY)).isTrue();
        assertThat(Files.readString(store().local(KEY))).isEqualTo("a photo");
    }

    @Test
    void keepsAnEmptyBlob() throws IOException {
        StoredBlob stored = store().put(KEY, new byte[0]);

        assertThat(stored.sha256()).isEqualTo(EMPTY_SHA256);
        assertThat(store().size(KEY)).contains(0L);
        assertThat(contentOf(KEY)).isEmpty();
    }

    @Test
    void keepsABigBlobFromAStreamThatDribbles() throws IOException {
        byte[] big = randomBytes(20_000_000);

        StoredBlob stored = store().put(KEY, new DribblingStream(big));

        assertThat(stored.size()).isEqualTo(big.length);
        assertThat(stored.sha256()).isEqualTo(sha256(big));
        assertThat(contentOf(KEY)).isEqualTo(big);
    }

    @Test
    void replacesABlobWhole() throws IOException {
        store().put(KEY, "the first, longer one".getBytes(UTF_8));

        store().put(KEY, "second".getBytes(UTF_8));

        assertThat(contentOf(KEY)).isEqualTo("second".getBytes(UTF_8));
    }

    @Test
    void aReaderFinishesTheBlobItOpenedThoughItIsReplaced() throws IOException {
        byte[] first = randomBytes(3_000_000);
        store().put(KEY, first);

        try (InputStream reading = store().read(KEY)) {
            byte[] head = reading.readNBytes(1_000);
            store().put(KEY, "second".getBytes(UTF_8));

            assertThat(head).isEqualTo(Arrays.copyOf(first, 1_000));
            assertThat(reading.readAllBytes())
                    .isEqualTo(Arrays.copyOfRange(first, 1_000, first.length));
        }
    }

    @Test
    void showsNothingBeforePublishing() throws IOException {
        try (StagedBlob staged = store().stage(stream("arriving"))) {
            assertThat(staged.sha256()).isEqualTo(sha256("arriving".getBytes(UTF_8)));
            assertThat(staged.size()).isEqualTo(8);
            assertThat(staged.path()).hasContent("arriving");
            assertThat(store().exists(KEY)).isFalse();
            assertThat(keys("")).isEmpty();

            staged.publish(KEY);

            assertThat(contentOf(KEY)).isEqualTo("arriving".getBytes(UTF_8));
            assertThatThrownBy(() -> staged.publish(KEY)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(staged::path).isInstanceOf(IllegalStateException.class);
        }
        assertThat(store().exists(KEY)).as("closing leaves what was published").isTrue();
    }

    @Test
    void discardsWhatWasNotPublished() throws IOException {
        StagedBlob staged = store().stage(stream("unwanted"));
        Path path = staged.path();

        staged.close();
        staged.close();

        assertThat(path).doesNotExist();
        assertThat(stagedCount()).isZero();
        assertThatThrownBy(() -> staged.publish(KEY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leavesNothingBehindWhenTheStreamFails() throws IOException {
        store().put(KEY, "old".getBytes(UTF_8));

        assertThatThrownBy(() -> store().put(KEY, new BreakingStream(1_000_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("the line went dead");

        assertThat(contentOf(KEY)).isEqualTo("old".getBytes(UTF_8));
        assertThat(stagedCount()).isZero();
    }

    @Test
    void takesInAFileThatStaysWhereItIs() throws IOException {
        Path file = Files.writeString(elsewhere.resolve("partial"), "from a file");

        try (StagedBlob staged = store().stage(file)) {
            assertThat(staged.sha256()).isEqualTo(sha256("from a file".getBytes(UTF_8)));
            staged.publish(KEY);
        }
        Files.delete(file);

        assertThat(contentOf(KEY)).isEqualTo("from a file".getBytes(UTF_8));
        assertThat(stagedCount()).isZero();
    }

    @Test
    void putsManyAtOnceInOrder() throws IOException {
        Map<BlobKey, byte[]> blobs = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            blobs.put(new BlobKey("thumbnails/" + i % 3 + "/" + i), randomBytes(i * 100));
        }

        List<StoredBlob> stored = store().putAll(blobs);

        assertThat(stored).extracting(StoredBlob::key).containsExactlyElementsOf(blobs.keySet());
        for (StoredBlob blob : stored) {
            assertThat(contentOf(blob.key())).isEqualTo(blobs.get(blob.key()));
            assertThat(blob.sha256()).isEqualTo(sha256(contentOf(blob.key())));
        }
        assertThat(stagedCount()).isZero();
    }

    @Test
    void saysSoWhenThereIsNoBlob() throws IOException {
        assertThat(store().exists(KEY)).isFalse();
        assertThat(store().size(KEY)).isEmpty();
        assertThat(store().delete(KEY)).isFalse();
        assertThatThrownBy(() -> store().read(KEY))
                .isInstanceOfSatisfying(
                        BlobNotFound.class, e -> assertThat(e.key()).isEqualTo(KEY));
        assertThatThrownBy(() -> store().local(KEY)).isInstanceOf(BlobNotFound.class);
        assertThatThrownBy(() -> store().copy(KEY, new BlobKey("elsewhere")))
                .isInstanceOf(BlobNotFound.class);
        assertThat(stagedCount()).isZero();
    }

    @Test
    void theFolderOfAKeyIsNoBlob() throws IOException {
        store().put(KEY, "a photo".getBytes(UTF_8));

        BlobKey folder = new BlobKey("inbox/2026");

        assertThat(store().exists(folder)).isFalse();
        assertThat(store().delete(folder)).isFalse();
        assertThatThrownBy(() -> store().read(folder)).isInstanceOf(BlobNotFound.class);
    }

    @Test
    void deletes() throws IOException {
        store().put(KEY, "a photo".getBytes(UTF_8));

        assertThat(store().delete(KEY)).isTrue();

        assertThat(store().exists(KEY)).isFalse();
        assertThat(keys("")).isEmpty();
        assertThat(store().delete(KEY)).isFalse();
    }

    @Test
    void copiesLiveOnIndependently() throws IOException {
        BlobKey copy = new BlobKey("library/copy.jpg");
        store().put(KEY, "first".getBytes(UTF_8));
        store().put(copy, "in the way".getBytes(UTF_8));

        store().copy(KEY, copy);
        store().put(KEY, "second".getBytes(UTF_8));

        assertThat(contentOf(copy)).isEqualTo("first".getBytes(UTF_8));
        store().delete(KEY);
        assertThat(contentOf(copy)).isEqualTo("first".getBytes(UTF_8));
        assertThat(stagedCount()).isZero();
    }

    @Test
    void copyingAgainOrOntoItselfChangesNothing() throws IOException {
        BlobKey copy = new BlobKey("copy.jpg");
        store().put(KEY, "a photo".getBytes(UTF_8));
        store().copy(KEY, copy);

        store().copy(KEY, copy);
        store().copy(KEY, KEY);

        assertThat(contentOf(KEY)).isEqualTo("a photo".getBytes(UTF_8));
        assertThat(contentOf(copy)).isEqualTo("a photo".getBytes(UTF_8));
        assertThat(stagedCount()).isZero();
    }

    @Test
    void listsByPrefix() throws IOException {
        for (String key : List.of("inbox/a.jpg", "inbox/b/c.jpg", "inboxes/d", "thumbnails/a")) {
            store().put(new BlobKey(key), key.getBytes(UTF_8));
        }

        assertThat(keys("")).hasSize(4);
        assertThat(keys("inbox")).containsExactly("inbox/a.jpg", "inbox/b/c.jpg", "inboxes/d");
        assertThat(keys("inbox/")).containsExactly("inbox/a.jpg", "inbox/b/c.jpg");
        assertThat(keys("inbox/b/c")).containsExactly("inbox/b/c.jpg");
        assertThat(keys("nothing/here")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inbox/with blanks and 'quotes' \"both\".jpg",
                "inbox/-rf *.jpg",
                "inbox/%2e%2e%2f.jpg",
                "inbox/C:\\photos\\x.jpg",
                "inbox/CON.jpg",
                "inbox/写真/📷🇩🇪.jpg",
                "inbox/x\u200Ey\u202Ez.jpg",
                "inbox/line\nbreak.jpg",
                "inbox/...jpg",
            })
    void keepsOddNames(String name) throws IOException {
        BlobKey key = new BlobKey(name);

        store().put(key, name.getBytes(UTF_8));

        assertThat(contentOf(key)).isEqualTo(name.getBytes(UTF_8));
        assertThat(keys("")).containsExactly(name);
    }

    @Test
    void tellsComposedFromDecomposedLetters() throws IOException {
        BlobKey composed = new BlobKey(Normalizer.normalize("inbox/é.jpg", Normalizer.Form.NFC));
        BlobKey decomposed = new BlobKey(Normalizer.normalize("inbox/é.jpg", Normalizer.Form.NFD));

        store().put(composed, "NFC".getBytes(UTF_8));
        store().put(decomposed, "NFD".getBytes(UTF_8));

        assertThat(contentOf(composed)).isEqualTo("NFC".getBytes(UTF_8));
        assertThat(contentOf(decomposed)).isEqualTo("NFD".getBytes(UTF_8));
        assertThat(keys("inbox/")).containsExactly(decomposed.value(), composed.value());
    }

    @Test
    void ofManyWritersOfOneKeyOneWinsWhole() throws Exception {
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            contents.add(randomBytes(200_000 + i));
        }
        BlobStore store = store();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<StoredBlob>> puts = new ArrayList<>();
            contents.forEach(content -> puts.add(() -> store.put(KEY, content)));

            for (Future<StoredBlob> put : threads.invokeAll(puts)) {
                put.get();
            }
        }

        byte[] winner = contentOf(KEY);
        assertThat(contents).anySatisfy(content -> assertThat(content).isEqualTo(winner));
        assertThat(stagedCount()).isZero();
    }

    @Test
    void aReaderNeverSeesAPart() throws Exception {
        BlobStore store = store();
        store.put(KEY, filledWith((byte) 0));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer =
                    threads.submit(
                            () -> {
                                for (byte i = 1; i < 40; i++) {
                                    store.put(KEY, filledWith(i));
                                }
                                return null;
                            });
            do {
                byte[] seen = contentOf(KEY);
                assertThat(seen).isEqualTo(filledWith(seen[0]));
            } while (!writer.isDone());
            writer.get();
        }
    }

    private byte[] contentOf(BlobKey key) throws IOException {
        try (InputStream bytes = store().read(key)) {
            return bytes.readAllBytes();
        }
    }

    private List<String> keys(String prefix) throws IOException {
        try (Stream<BlobKey> keys = store().list(prefix)) {
            return keys.sorted().map(BlobKey::value).toList();
        }
    }

    /// 300 kB of one byte; its length differs from byte to byte.
    private static byte[] filledWith(byte value) {
        byte[] bytes = new byte[300_000 + value];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static String sha256(byte[] bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Gives fewer bytes than it was asked for, as a network does.
    private static final class DribblingStream extends ByteArrayInputStream {
        private final Random random = new Random(1);

        DribblingStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(70_000)));
        }
    }

    /// Breaks after a number of bytes.
    private static final class BreakingStream extends InputStream {
        private int left;

        BreakingStream(int left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1) < 0 ? -1 : 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                throw new IOException("the line went dead");
            }
            int given = Math.min(left, length);
            Arrays.fill(buffer, offset, offset + given, (byte) 'x');
            left -= given;
            return given;
        }
    }
}
