package dev.darkroom.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A SHA-256 digest, 64 lower-case hexadecimal digits. In tables and API it stands as
/// `sha256:<hex>`.
public record Sha256(@JsonValue String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 64 * 1024;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sha256 {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "a SHA-256 is 64 lower-case hexadecimal digits: " + hex);
        }
    }

    /// The form of the column `content_hash`.
    public String contentHash() {
        return "sha256:" + hex;
    }

    /// Reads a stream to its end and digests it.
    public static Sha256 of(InputStream bytes) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return new Sha256(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Reads the form of the column `content_hash`.
    public static Sha256 ofContentHash(String contentHash) {
        if (!contentHash.startsWith("sha256:")) {
            throw new IllegalArgumentException("a content hash starts with sha256: " + contentHash);
        }
        return new Sha256(contentHash.substring("sha256:".length()));
    }
}
