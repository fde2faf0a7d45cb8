package dev.darkroom.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/// Bytes that have arrived but are not in the store yet: readable as a file, under no key.
///
/// Between staging and publishing a caller looks at the bytes (probes them, compares the digest)
/// and decides. Used by one thread, in try-with-resources.
public interface StagedBlob extends Closeable {
    /// A file with the bytes, for readers such as the probe; it must not be written to. Gone after
    /// [#publish] and [#close].
    Path path();

    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    String sha256();

    /// Length in bytes.
    long size();

    /// Makes the bytes the blob of this key, in place of any that was there.
    ///
    /// Readers see the old blob or the new one, whole, and never a part. When this returns, the
    /// blob outlives a power cut. When it fails, close, and stage the bytes anew: after a failed
    /// flush the system may have dropped them, and a second flush would not say so.
    ///
    /// @throws IllegalStateException when it was tried or closed before
    /// @throws StorageFull when there is no room
    StoredBlob publish(BlobKey key) throws IOException;

    /// Discards the bytes unless they were published.
    @Override
    void close() throws IOException;
}
