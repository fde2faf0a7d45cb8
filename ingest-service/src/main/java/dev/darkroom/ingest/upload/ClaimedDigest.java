package dev.darkroom.ingest.upload;

import dev.darkroom.schema.Sha256;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The digest that a client gives for a file, in one of two headers.
final class ClaimedDigest {
    static final String REPR_DIGEST = "Repr-Digest";
    static final String CONTENT_SHA256 = "X-Content-SHA256";

    private static final String MEMBER = "sha-256=:";

    private ClaimedDigest() {}

    /// Reads both headers.
    ///
    /// @param reprDigest RFC 9530: `sha-256=:<base64>:`, perhaps among digests of other kinds
    /// @param contentSha256 64 hexadecimal digits
    /// @return null when neither header is there
    /// @throws UploadRefused when a header is there that cannot be read; to pass over it would
    ///   promise a check that is not made
    static @Nullable Sha256 parse(@Nullable String reprDigest, @Nullable String contentSha256)
            throws UploadRefused {
        Sha256 repr = reprDigest == null ? null : ofReprDigest(reprDigest);
        Sha256 content = contentSha256 == null ? null : ofHex(contentSha256);
        if (repr != null && content != null && !repr.equals(content)) {
            throw invalid(REPR_DIGEST + " and " + CONTENT_SHA256 + " contradict each other");
        }
        return repr == null ? content : repr;
    }

    private static Sha256 ofReprDigest(String header) throws UploadRefused {
        for (String member : header.split(",", -1)) {
            String digest = member.strip();
            if (digest.startsWith(MEMBER) && digest.endsWith(":")) {
                try {
                    String base64 = digest.substring(MEMBER.length(), digest.length() - 1);
                    return new Sha256(HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
                } catch (IllegalArgumentException notOne) {
                    throw invalid("Repr-Digest has no SHA-256 in base64: " + digest);
                }
            }
        }
        throw invalid("Repr-Digest must hold sha-256=:<base64>: but is " + header);
    }

    private static Sha256 ofHex(String header) throws UploadRefused {
        try {
            return new Sha256(header.strip().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException notOne) {
            throw invalid("X-Content-SHA256 must be 64 hexadecimal digits: " + header);
        }
    }

    private static UploadRefused invalid(String message) {
        return new UploadRefused(UploadRefused.Reason.INVALID, message);
    }
}
