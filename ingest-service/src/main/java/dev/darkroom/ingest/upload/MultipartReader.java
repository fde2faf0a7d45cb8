package dev.darkroom.ingest.upload;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;

/// Reads `multipart/form-data` part by part as it arrives; no file is kept in memory or elsewhere
/// on the way. A field therefore counts for the files that follow it.
final class MultipartReader {
    private static final String FILE = "file";
    private static final Set<String> FIELDS = Set.of("ownerId", "repositoryId", "priority");
    private static final int MAX_FIELD_BYTES = 1_024;
    private static final int MAX_PART_HEADER_BYTES = 8 * 1_024;

    /// What is done with each file.
    interface FileHandler {
        /// Takes one file.
        ///
        /// @return whether to read on
        boolean on(FilePart file);
    }

    /// One file while it arrives.
    ///
    /// @param fields those that came before it, by name
    record FilePart(FileItemInput item, String fileName, Map<String, String> fields) {
        @Nullable String header(String name) {
            FileItemHeaders headers = item.getHeaders();
            return headers == null ? null : headers.getHeader(name);
        }
    }

    /// Reads the request until the handler has enough.
    ///
    /// @throws UploadRefused when it is no form, or has a part that we do not know
    void read(HttpServletRequest request, FileHandler handler) throws UploadRefused, IOException {
        if (!JakartaServletFileUpload.isMultipartContent(request)) {
            throw invalid(
                    "send the files as multipart/form-data, each as a part named \"file\"", null);
        }
        JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> upload =
                new JakartaServletFileUpload<>();
        upload.setHeaderCharset(StandardCharsets.UTF_8);
        upload.setMaxPartHeaderSize(MAX_PART_HEADER_BYTES);
        Map<String, String> fields = new HashMap<>();
        try {
            FileItemInputIterator parts = upload.getItemIterator(request);
            while (parts.hasNext()) {
                FileItemInput part = parts.next();
                if (!part.isFormField() && FILE.equals(part.getFieldName())) {
                    FilePart file = new FilePart(part, fileName(part), Map.copyOf(fields));
                    if (!handler.on(file)) {
                        return;
                    }
                } else if (part.isFormField() && FIELDS.contains(part.getFieldName())) {
                    fields.put(part.getFieldName(), text(part));
                } else {
                    throw invalid(
                            "a form has files named \"file\" and, before them, the fields "
                                    + FIELDS
                                    + "; it has no part named "
                                    + part.getFieldName(),
                            null);
                }
            }
        } catch (FileUploadException malformed) {
            throw invalid("the form cannot be read: " + malformed.getMessage(), malformed);
        }
    }

    private static String fileName(FileItemInput part) throws UploadRefused {
        try {
            String name = part.getName();
            return name == null ? "" : name;
        } catch (InvalidPathException nul) {
            throw invalid("the file name contains NUL", nul);
        }
    }

    private static String text(FileItemInput part) throws UploadRefused, IOException {
        byte[] bytes = part.getInputStream().readNBytes(MAX_FIELD_BYTES + 1);
        if (bytes.length > MAX_FIELD_BYTES) {
            throw invalid("the field " + part.getFieldName() + " is too long", null);
        }
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private static UploadRefused invalid(String message, @Nullable Exception cause) {
        return cause == null
                ? new UploadRefused(UploadRefused.Reason.INVALID, message)
                : new UploadRefused(UploadRefused.Reason.INVALID, message, cause);
    }
}
