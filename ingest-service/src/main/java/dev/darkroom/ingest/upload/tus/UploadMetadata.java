package dev.darkroom.ingest.upload.tus;

import dev.darkroom.ingest.upload.UploadLabel;
import dev.darkroom.ingest.upload.UploadRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The header `Upload-Metadata`: pairs of a key and a value in base64, parted by commas.
///
/// We read `filename` (or `name`), `ownerId`, `repositoryId` and `priority`. Others are kept and
/// given back; `filetype` among them, since a file's type is found in its content.
final class UploadMetadata {
    private static final int MAX_LENGTH = 4_096;

    private UploadMetadata() {}

    static UploadLabel label(String header) throws UploadRefused {
        Map<String, String> values = parse(header);
        return UploadLabel.parse(
                values.getOrDefault("filename", values.get("name")),
                values.get("ownerId"),
                values.get("repositoryId"),
                values.get("priority"));
    }

    static Map<String, String> parse(String header) throws UploadRefused {
        if (header.length() > MAX_LENGTH) {
            throw invalid("has at most " + MAX_LENGTH + " characters", null);
        }
        Map<String, String> values = new HashMap<>();
        if (header.isBlank()) {
            return values;
        }
        for (String pair : header.split(",", -1)) {
            String[] words = pair.strip().split(" +", -1);
            if (words[0].isEmpty() || words.length > 2) {
                throw invalid("needs a key, a blank and a value in base64: " + pair, null);
            }
            String value = words.length == 1 ? "" : decode(words[1]);
            if (values.put(words[0], value) != null) {
                throw invalid("has the key twice: " + words[0], null);
            }
        }
        return values;
    }

    private static String decode(String base64) throws UploadRefused {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw invalid("has a value that is not base64: " + base64, notBase64);
        }
    }

    private static UploadRefused invalid(String rule, @Nullable Exception cause) {
        String message = "Upload-Metadata " + rule;
        return cause == null
                ? new UploadRefused(UploadRefused.Reason.INVALID, message)
                : new UploadRefused(UploadRefused.Reason.INVALID, message, cause);
    }
}
