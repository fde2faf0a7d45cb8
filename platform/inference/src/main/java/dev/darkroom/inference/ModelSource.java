package dev.darkroom.inference;

import java.util.Locale;
import java.util.Optional;

/// Where a model is, as an operator writes it down.
///
/// @param location a folder, a `file:` or `https:` address of one, or of a `.zip` or `.tar.gz`;
///   `http:` only on this machine
/// @param sha256 what the archive must hash to; for a folder, the hash of its listing (the README
///   says how to make it)
/// @param dtype which file, where there are several
public record ModelSource(String location, Optional<String> sha256, Dtype dtype) {
    public ModelSource {
        if (location.isBlank()) {
            throw new IllegalArgumentException(
                    "a model's location must be a folder or an https: address, and it is empty");
        }
        location = location.strip();
        sha256 = sha256.map(digest -> digest.strip().toLowerCase(Locale.ROOT));
        if (sha256.filter(digest -> !digest.matches("[0-9a-f]{64}")).isPresent()) {
            throw new IllegalArgumentException(
                    "sha256 must be 64 hexadecimal digits: " + sha256.get());
        }
    }

    /// Without a digest, and with the exact numbers.
    public static ModelSource of(String location) {
        return new ModelSource(location, Optional.empty(), Dtype.AUTO);
    }

    public ModelSource withSha256(String digest) {
        return new ModelSource(location, Optional.of(digest), dtype);
    }

    public ModelSource withDtype(Dtype value) {
        return new ModelSource(location, sha256, value);
    }
}
