package dev.darkroom.ingest.upload.tus;

import dev.darkroom.ingest.upload.UploadRefused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The digest that a client gives for one chunk: the header `Upload-Checksum`.
final class Checksum {
    private static final Map<String, String> ALGORITHMS =
            Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    private final MessageDigest digest;
    private final byte[] expected;

    private Checksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    /// The names that clients may use.
    static List<String> algorithms() {
        return ALGORITHMS.keySet().stream().sorted().toList();
    }

    /// Reads `<algorithm> <digest in base64>`.
    static Checksum parse(String header) throws UploadRefused {
        String[] words = header.strip().split(" +", -1);
        String algorithm = ALGORITHMS.get(words[0]);
        if (words.length != 2 || algorithm == null) {
            throw new UploadRefused(
                    UploadRefused.Reason.INVALID,
                    "Upload-Checksum must be one of "
                            + algorithms()
                            + ", a blank and the digest in base64: "
                            + header);
        }
        try {
            return new Checksum(
                    MessageDigest.getInstance(algorithm), Base64.getDecoder().decode(words[1]));
        } catch (IllegalArgumentException notBase64) {
            throw new UploadRefused(
                    UploadRefused.Reason.INVALID,
                    "the digest in Upload-Checksum must be base64: " + words[1],
                    notBase64);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has " + algorithm, impossible);
        }
    }

    MessageDigest digest() {
        return digest;
    }

    /// Whether the bytes that went through [#digest] are the announced ones.
    boolean matches() {
        return MessageDigest.isEqual(digest.digest(), expected);
    }
}
