package dev.darkroom.storage;

/// What a store kept: the key, and the digest and length of the bytes as they were written.
///
/// @param key where the blob is
/// @param sha256 SHA-256 of its bytes, 64 lower-case hexadecimal digits
/// @param size its length in bytes
public record StoredBlob(BlobKey key, String sha256, long size) {
    public StoredBlob {
        Sha256.require(sha256);
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative: " + size);
        }
    }
}
