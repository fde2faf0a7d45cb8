package dev.darkroom.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// A SHA-256 digest, 64 lower-case hexadecimal digits. In tables and API it stands as
/// `sha256:<hex>`.
public record Sha256(@JsonValue String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

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

    /// Reads the form of the column `content_hash`.
    public static Sha256 ofContentHash(String contentHash) {
        if (!contentHash.startsWith("sha256:")) {
            throw new IllegalArgumentException("a content hash starts with sha256: " + contentHash);
        }
        return new Sha256(contentHash.substring("sha256:".length()));
    }
}
