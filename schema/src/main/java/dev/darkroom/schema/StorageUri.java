package dev.darkroom.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/// Where the bytes of a file are: `repo://<repository id>/<key>`, `file:///<path>`, `s3://…` or
/// `gs://…`.
///
/// Percent-encoded as every URI is, so `file:` URIs are what `Path.toUri()` gives. A `repo:` URI
/// stands for bytes: whatever a file is called on its disk, [#ofFile] and [#file()] lead there.
public record StorageUri(@JsonValue String text) {
    private static final Set<String> SCHEMES = Set.of("repo", "file", "s3", "gs");

    /// What a path may hold unencoded (RFC 3986).
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=:@";

    private static final int MAX_LENGTH = 8_192;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StorageUri {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a storage URI has at most 8192 characters, this one has " + text.length());
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

    /// The file at this path in a repository. Letters of every script stay as they are; bytes that
    /// are no UTF-8, and what a URI may not hold, are percent-encoded.
    public static StorageUri ofFile(UUID repositoryId, FilePath path) {
        StringBuilder uri = new StringBuilder("repo://").append(repositoryId).append('/');
        String text = path.text();
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point == '\\' && text.charAt(i + 1) == 'x') {
                uri.append('%').append(text, i + 2, i + 4);
                i += 4;
            } else if (point == '\\') {
                uri.append("%5C");
                i += 2;
            } else {
                appendEncoded(uri, point);
                i += Character.charCount(point);
            }
        }
        return new StorageUri(uri.toString());
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

    /// The file of a `repo:` URI, byte by byte as the file system has it.
    public FilePath file() {
        requireRepo();
        String encoded = parse(text).getRawPath().substring(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        int start = 0;
        for (int i = encoded.indexOf('%'); i >= 0; i = encoded.indexOf('%', start)) {
            bytes.writeBytes(encoded.substring(start, i).getBytes(StandardCharsets.UTF_8));
            bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
            start = i + 3;
        }
        bytes.writeBytes(encoded.substring(start).getBytes(StandardCharsets.UTF_8));
        return FilePath.ofBytes(bytes.toByteArray());
    }

    public URI toUri() {
        return parse(text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static void appendEncoded(StringBuilder uri, int point) {
        boolean plain =
                point < 0x80
                        ? UNRESERVED.indexOf(point) >= 0
                        : Character.isLetterOrDigit(point) || Character.isEmoji(point);
        if (plain) {
            uri.appendCodePoint(point);
            return;
        }
        for (byte one : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
        }
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
