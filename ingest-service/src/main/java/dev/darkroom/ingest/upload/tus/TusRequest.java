package dev.darkroom.ingest.upload.tus;

import dev.darkroom.ingest.upload.UploadRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A request as the protocol reads it.
final class TusRequest {
    static final String CHUNK_TYPE = "application/offset+octet-stream";

    private final HttpServletRequest request;

    TusRequest(HttpServletRequest request) {
        this.request = request;
    }

    @Nullable String header(String name) {
        return request.getHeader(name);
    }

    /// Some clients may only send GET and POST.
    String method() {
        return Objects.requireNonNullElse(
                header("X-HTTP-Method-Override"), String.valueOf(request.getMethod()));
    }

    boolean hasChunk() {
        String type = request.getContentType();
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(CHUNK_TYPE);
    }

    InputStream body() throws IOException {
        return request.getInputStream();
    }

    /// How long the body says it is, or -1.
    long bodyLength() {
        return request.getContentLengthLong();
    }

    String metadata() {
        return Objects.requireNonNullElse(header("Upload-Metadata"), "");
    }

    @Nullable Checksum checksum() throws UploadRefused {
        String header = header("Upload-Checksum");
        return header == null ? null : Checksum.parse(header);
    }

    /// The length of a new upload; null when the client defers it.
    @Nullable Long announcedLength() throws UploadRefused {
        Long length = length();
        String deferred = header("Upload-Defer-Length");
        if (deferred != null && !deferred.equals("1")) {
            throw invalid("Upload-Defer-Length can only be 1: " + deferred);
        }
        if ((length == null) == (deferred == null)) {
            throw invalid("say either Upload-Length or Upload-Defer-Length: 1");
        }
        return length;
    }

    @Nullable Long length() throws UploadRefused {
        return number("Upload-Length");
    }

    long offset() throws UploadRefused {
        Long offset = number("Upload-Offset");
        if (offset == null) {
            throw invalid("Upload-Offset is missing: ask for it with HEAD");
        }
        return offset;
    }

    /// The id in the path. What is no id names no upload.
    static UUID id(String text) throws UploadRefused {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notOne) {
            throw new UploadRefused(
                    UploadRefused.Reason.UNKNOWN,
                    "there is no upload " + text + ": create a new one",
                    notOne);
        }
    }

    private @Nullable Long number(String name) throws UploadRefused {
        String text = header(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw invalid(name + " must be a number of bytes: " + text);
        }
        return Long.parseLong(text);
    }

    private static UploadRefused invalid(String message) {
        return new UploadRefused(UploadRefused.Reason.INVALID, message);
    }
}
