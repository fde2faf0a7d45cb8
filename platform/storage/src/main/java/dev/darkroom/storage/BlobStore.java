package dev.darkroom.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whole blobs by key. A blob appears at once and complete, is replaced at once and complete, and
/// never changes in between.
///
/// Every method that writes is durable when it returns. A store is safe for any number of threads,
/// and of processes on the same place; of several writers of one key, the last one wins whole.
public interface BlobStore {
    /// Takes the bytes in, counting and hashing them, without giving them a key.
    ///
    /// When the stream fails, nothing stays behind. The stream is not closed.
    ///
    /// @throws StorageFull when there is no room
    StagedBlob stage(InputStream bytes) throws IOException;

    /// Takes in a file of this machine that nobody will write to any more.
    ///
    /// The file stays where it is. A store on the same disk shares its bytes instead of copying
    /// them, so this is for files of our own: a user's file may yet be edited in place.
    default StagedBlob stage(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return stage(bytes);
        }
    }

    /// Stages and publishes.
    default StoredBlob put(BlobKey key, InputStream bytes) throws IOException {
        try (StagedBlob staged = stage(bytes)) {
            return staged.publish(key);
        }
    }

    /// Stages and publishes.
    default StoredBlob put(BlobKey key, byte[] bytes) throws IOException {
        return put(key, new ByteArrayInputStream(bytes));
    }

    /// Puts several small blobs at the price of fewer flushes than one [#put] each.
    ///
    /// Each blob appears whole or not at all; the set is not atomic. When this fails, some may have
    /// been written: do it again.
    ///
    /// @return what was stored, in the order of the map
    default List<StoredBlob> putAll(Map<BlobKey, byte[]> blobs) throws IOException {
        List<StoredBlob> stored = new ArrayList<>(blobs.size());
        for (Map.Entry<BlobKey, byte[]> blob : blobs.entrySet()) {
            stored.add(put(blob.getKey(), blob.getValue()));
        }
        return stored;
    }

    /// The bytes of a blob. Close the stream. A blob that is replaced meanwhile is read to its end
    /// as it was.
    ///
    /// @throws BlobNotFound when there is none
    InputStream read(BlobKey key) throws IOException;

    /// A file of this machine with the blob's bytes, for decoders that need one; it must not be
    /// written to. A folder answers the blob's own file, which may be replaced or deleted later.
    ///
    /// @throws BlobNotFound when there is none
    Path local(BlobKey key) throws IOException;

    /// The length of a blob in bytes, or empty when there is none.
    Optional<Long> size(BlobKey key) throws IOException;

    /// Whether there is a blob of this key.
    default boolean exists(BlobKey key) throws IOException {
        return size(key).isPresent();
    }

    /// Makes the blob of one key the blob of another as well. The two live on independently.
    ///
    /// @throws BlobNotFound when there is nothing to copy
    /// @throws StorageFull when there is no room
    void copy(BlobKey from, BlobKey to) throws IOException;

    /// Removes a blob.
    ///
    /// @return whether there was one
    boolean delete(BlobKey key) throws IOException;

    /// The keys that begin with a prefix, all of them for `""`, in no particular order. Close the
    /// stream. Blobs that come and go during the walk may or may not be in it.
    Stream<BlobKey> list(String prefix) throws IOException;
}
