package dev.darkroom.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.UUID;

/// Where the bytes of a file are: `repo://<repository id>/<key>`, `file:///<path>`, `s3://…` or
/// `gs://…`.
///
/// Percent-encoded as every URI is, so `file:` URIs are what `Path.toUri()` gives.
public record StorageUri(@JsonValue String text) {
    private static final Set<String> SCHEMES = Set.of("repo", "file", "s3", "gs");
    private static final int MAX_LENGTH = 4_096;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StorageUri {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a storage URI has at most 4096 characters, this one has " + text.length());
        }
        String scheme = parse(text).getScheme();
        if (scheme == null || !SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException(
                    "a storage URI starts with repo://, file://, s3:// or gs://: " + text);
        }
    }

    /// The blob with this key in a repository.
    public static StorageUri ofBlob(UUID repositoryId, String key) {
        try {
            return new StorageUri(
                    new URI("repo", repositoryId.toString(), "/" + key, null).toString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a key: " + key, e);
        }
    }

    public String scheme() {
        return parse(text).getScheme();
    }

    /// The repository of a `repo:` URI.
    public UUID repositoryId() {
        requireRepo();
        return UUID.fromString(parse(text).getHost());
    }

    /// The key, decoded, of a `repo:` URI.
    public String key() {
        requireRepo();
        return parse(text).getPath().substring(1);
    }

    public URI toUri() {
        return parse(text);
    }

    @Override
    public String toString() {
        return text;
    }

    private void requireRepo() {
        if (!text.startsWith("repo://")) {
            throw new IllegalStateException("not a repo:// URI: " + text);
        }
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URI: " + text, e);
        }
    }
}
