package dev.darkroom.library.file;

import dev.darkroom.library.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.ServletWebRequest;

/// Sends one stored file as RFC 9110 has it: validators, one byte range, HEAD.
///
/// The file is opened once, so its length and its bytes are of one file even when it is replaced
/// meanwhile.
public final class FileResponse {
    private static final String KEEP = "private, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "private, no-cache";

    private final StoredFile file;
    private final ServletWebRequest exchange;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String etag;

    public FileResponse(StoredFile file, ServletWebRequest exchange) {
        this.file = file;
        this.exchange = exchange;
        this.request = exchange.getRequest();
        this.response =
                Objects.requireNonNull(
                        exchange.getResponse(), "a request of the dispatcher has a response");
        this.etag = '"' + file.contentHash() + '"';
    }

    /// Adds a header, before [#send].
    public void header(String name, String value) {
        response.setHeader(name, value);
    }

    /// Sends the file, a range of it, or 304.
    ///
    /// @param version the version that the client named in the URL
    /// @param bytes where the bytes are, asked for only when they are needed
    public void send(@Nullable Long version, LocalFile bytes) throws IOException {
        boolean forEver = version != null && version == file.version();
        header(HttpHeaders.CACHE_CONTROL, forEver ? KEEP : ASK_AGAIN);
        header("X-Content-Type-Options", "nosniff");
        if (exchange.checkNotModified(etag)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(bytes.path(), StandardOpenOption.READ)) {
            StoredFile.Part part = file.part();
            long start = part == null ? 0 : part.offset();
            long length = part == null ? channel.size() : part.length();
            ByteRange range = range(length);
            header(HttpHeaders.ACCEPT_RANGES, "bytes");
            response.setContentType(file.mimeType());
            response.setContentLengthLong(range.length());
            if (range.isPart()) {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                header(HttpHeaders.CONTENT_RANGE, range.contentRange());
            }
            if (!request.getMethod().equals("HEAD")) {
                copy(channel, start, range);
            }
        }
    }

    private ByteRange range(long length) {
        String ifRange = request.getHeader(HttpHeaders.IF_RANGE);
        String asked =
                ifRange == null || ifRange.equals(etag)
                        ? request.getHeader(HttpHeaders.RANGE)
                        : null;
        return ByteRange.of(asked, length)
                .orElseThrow(() -> Problems.rangeNotSatisfiable(asked, length));
    }

    private void copy(FileChannel channel, long start, ByteRange range) throws IOException {
        WritableByteChannel out = Channels.newChannel(response.getOutputStream());
        long at = start + range.first();
        long end = at + range.length();
        while (at < end) {
            long sent = channel.transferTo(at, end - at, out);
            if (sent <= 0) {
                throw new IOException("the file ended early: " + file.storage());
            }
            at += sent;
        }
    }

    /// Finds a file when it is needed.
    @FunctionalInterface
    public interface LocalFile {
        /// The file, there for as long as the answer takes.
        Path path() throws IOException;
    }
}
