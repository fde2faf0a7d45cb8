package dev.darkroom.inference.depth;

import java.util.Map;
import java.util.Optional;

/// A depth map as a file.
///
/// @param bytes of the file; not copied, not to be changed
/// @param sha256 of the bytes
/// @param sidecar JSON that belongs beside it, for formats that cannot say it themselves
/// @param parameters what a row keeps about it
@SuppressWarnings("ArrayRecordComponent") // megabytes that are only handed on; never compared
public record DepthFile(
        DepthFormat format,
        byte[] bytes,
        String sha256,
        Optional<String> sidecar,
        Map<String, Object> parameters) {

    @Override
    public String toString() {
        return "DepthFile[%s, %d bytes, %s]".formatted(format, bytes.length, sha256);
    }
}
